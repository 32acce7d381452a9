// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/page_text.h"

namespace reprise::extract::risk {

const Texts& EnglishTexts() {
  static const Texts* const texts = new Texts{
      .code = "en",
      .title = "Re-identification risk report",
      .intro = "Computed from the released file itself, person by person.",
      .verdict_kept = "The file keeps every promised privacy model.",
      .verdict_broken = "The file breaks a promised privacy model: it must not be handed out.",
      .verdict_none = "No privacy model was promised for this file.",
      .verified = "Checked cell by cell against the original data.",
      .not_verified = "Not checked against the original data.",
      .file_heading = "The file",
      .persons = "Persons",
      .suppressed = "Suppressed",
      .classes = "Classes of persons who look alike",
      .smallest_class = "Persons in the smallest class",
      .person_unit = "persons",
      .promises_heading = "Promised models",
      .model = "Model",
      .reached = "Worst figure",
      .holds = "Kept",
      .yes = "yes",
      .no = "no",
      .risk_heading = "Risk of being recognised",
      .risk_intro =
          "Chance that an attacker who knows all the quasi-identifiers of a person picks the right "
          "record.",
      .attacker = "Attacker",
      .highest = "Highest",
      .average = "Average",
      .prosecutor = "Prosecutor",
      .prosecutor_note = "knows that the person is in the file",
      .journalist = "Journalist",
      .journalist_bound =
          "does not know it; no population stated, so the prosecutor's risk as an upper bound",
      .journalist_expected = "does not know it; expected for a population of {0} persons",
      .marketer = "Marketer",
      .marketer_note = "tries everybody; expected share of right matches",
      .below_threshold =
          "Persons in groups smaller than {2}: {0} ({1}). Groups are compared as numbers of "
          "persons: "
          "a group of 11 is large enough, although 1/11 is a little more than 0.09.",
      .sizes_heading = "How many persons look alike",
      .sizes_axis = "Size of the group:",
      .sizes_caption = "Published persons by the size of their group",
      .sizes_safe = "{0} or more",
      .sizes_small = "fewer than {0}",
      .unique_heading = "Unique persons",
      .sample_uniques = "Number of persons alone in the file: {0} ({1} of those published).",
      .estimates = "Estimated share of persons who would be alone in a population of {0}:",
      .population_missing =
          "No population was stated, so uniqueness in the population was not estimated.",
      .not_identified = "not identified",
      .minimal_heading = "What singles a person out",
      .minimal_intro =
          "Smallest combinations of variables held by one person only. The fewer variables, the "
          "easier the attack.",
      .minimal_none = "No combination of variables singles anybody out.",
      .variables = "Variables combined",
      .combinations = "Unique combinations",
      .share = "Part in unique combinations",
      .searched = "Searched up to {0} variables.",
      .sensitive_heading = "What a group gives away",
      .sensitive_intro =
          "Worst group for each sensitive column: how many values it still holds, and how far it "
          "is from the whole file.",
      .column = "Column",
      .values = "Values",
      .distinct = "Distinct values (l)",
      .entropy = "Entropy l",
      .t_equal = "t, equal distance",
      .t_ordered = "t, ordered",
      .t_hierarchical = "t, hierarchical",
      .homogeneous = "Persons in groups with one value",
      .loss_heading = "What the coding costs",
      .loss_intro =
          "0: values as collected; 1: nothing left of the column. Suppressed persons count as 1.",
      .loss = "Loss",
      .closed_cells = "Cells closed (*)",
      .loss_missing = "No hierarchies were given, so the loss is not known.",
      .mean_loss = "Mean of the columns: {0} (arithmetic), {1} (geometric).",
      .loss_caption = "Loss of information by column",
      .tables_heading = "Counts that may be shown",
      .tables_intro =
          "Counts below {0} are closed (·), and further ones so that no total gives them back. "
          "Each closed count "
          "could be zero or reach the threshold for all that a reader can derive.",
      .closed = "closed",
      .total = "Total",
      .unsafe_table = "This table cannot be protected and is closed entirely.",
      .left_out = "Left out because they have too many cells: {0}.",
      .models = {{"k", "groups of at least {0} persons (k-anonymity)"},
                 {"km", "at least {0} persons of the population fit each group (k-map)"},
                 {"avg", "average risk at most {0}"},
                 {"dp", "chance of being in the file between {0} and {1} (delta-presence)"},
                 {"su", "share of persons alone in the file at most {0}"},
                 {"pu", "estimated share of persons alone in a population of {1} at most {0}"},
                 {"dl", "at least {0} distinct values in each group (l-diversity)"},
                 {"el", "entropy l-diversity of at least {0}"},
                 {"rl", "recursive (c, l)-diversity with c = {0}, l = {1}"},
                 {"te", "distance to the whole file at most {0} (t-closeness, equal distance)"},
                 {"th", "distance to the whole file at most {0} (t-closeness, hierarchical)"},
                 {"to", "distance to the whole file at most {0} (t-closeness, ordered)"},
                 {"bl", "gain in certainty at most {0} (enhanced beta-likeness)"},
                 {"dd", "log2 ratio to the whole file below {0} (delta-disclosure)"}},
      .limits_heading = "What this report does not promise",
      .limits = {"k-anonymity does not prevent conclusions from outside knowledge: somebody who "
                 "already knows part of a person's "
                 "story may still learn the rest from a group whose values are alike.",
                 "An attacker who knows how the coding was chosen may exclude some possibilities "
                 "(minimality attack on l-diverse "
                 "optima).",
                 "A study of about 40 persons cannot be anonymised with more than two or three "
                 "coarse quasi-identifiers: give "
                 "aggregates or access in a secure room instead.",
                 "Population figures are estimates from a model, not observations."}};
  return *texts;
}

}  // namespace reprise::extract::risk
