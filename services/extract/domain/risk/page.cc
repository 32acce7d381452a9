// SPDX-License-Identifier: Apache-2.0
#include "services/extract/domain/risk/page.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "services/extract/domain/risk/page_plots.h"
#include "services/extract/domain/risk/page_style.h"
#include "services/platform/text/number.h"

namespace reprise::extract::risk {
namespace {

// Grows a page piece by piece; every text that comes from the data passes through Escape.
class Writer {
 public:
  Writer(const RiskReport& report, Language language)
      : report_(report), language_(language), texts_(TextsFor(language)) {}

  std::string Page(const std::string& name, std::optional<bool> verified);

 private:
  std::string Head(const std::string& name);
  std::string Verdict(std::optional<bool> verified);
  std::string Overview();
  std::string Promises();
  std::string Model(const std::string& text);
  std::string Risk();
  std::string Uniques();
  std::string MinimalUniques();
  std::string Sensitive();
  std::string Loss();
  std::string Tables();
  std::string Table(const TableReport& table);
  std::string Limits();

  std::string Heading(const std::string& text) {
    return absl::StrCat("<h2>", Escape(text), "</h2>\n");
  }
  std::string Paragraph(const std::string& text, const char* kind = "") {
    return absl::StrCat("<p", *kind ? absl::StrCat(" class=\"", kind, "\"") : "", ">", Escape(text),
                        "</p>\n");
  }
  std::string Count(uint64_t value) { return Whole(value, language_); }
  std::string Share(double value) { return Percent(value, language_); }
  std::string Figure(double value) { return Decimal(value, 3, language_); }
  // Whole numbers without a fraction.
  std::string Short(double value) {
    if (std::fabs(value - std::round(value)) < 1e-9 && value < 1e15)
      return Count(static_cast<uint64_t>(value));
    return Decimal(value, std::fabs(value) < 0.01 ? 5 : 3, language_);
  }

  const RiskReport& report_;
  Language language_;
  const Texts& texts_;
};

std::string Writer::Head(const std::string& name) {
  return absl::StrCat(
      "<!doctype html>\n<html lang=\"", texts_.code,
      "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>",
      Escape(texts_.title), " – ", Escape(name), "</title>\n<style>", kStyle,
      "</style></head>\n<body><main>\n<h1>", Escape(texts_.title), "</h1>\n<p class=\"soft name\">",
      Escape(name), " – ", Escape(texts_.intro), "</p>\n");
}

std::string Writer::Verdict(std::optional<bool> verified) {
  const bool kept = std::all_of(report_.promises.begin(), report_.promises.end(),
                                [](const PromiseOutcome& outcome) { return outcome.holds; });
  const std::string& text = report_.promises.empty() ? texts_.verdict_none
                            : kept                   ? texts_.verdict_kept
                                                     : texts_.verdict_broken;
  return absl::StrCat("<div class=\"verdict", kept ? "" : " bad", "\">", Escape(text),
                      Paragraph(verified.value_or(false) ? texts_.verified : texts_.not_verified),
                      "</div>\n");
}

std::string Writer::Overview() {
  const auto item = [&](const std::string& name, size_t value) {
    return absl::StrCat("<div><dt>", Escape(name), "</dt><dd>", Count(value), "</dd></div>");
  };
  const Figures& figures = report_.figures;
  return absl::StrCat(Heading(texts_.file_heading), "<dl>", item(texts_.persons, figures.persons),
                      item(texts_.suppressed, figures.suppressed_records),
                      item(texts_.classes, figures.classes),
                      item(texts_.smallest_class, figures.min_class), "</dl>\n");
}

// `dl:rtw:3` with what it means.
std::string Writer::Model(const std::string& text) {
  const absl::StatusOr<Promise> promise = ReadPromise(text, "model");
  if (!promise.ok()) return Escape(text);
  std::vector<std::string> numbers;
  for (const double number : promise->numbers) numbers.push_back(Short(number));
  const auto meaning = texts_.models.find(promise->kind);
  const std::string column =
      promise->attribute.empty() ? "" : absl::StrCat(promise->attribute, " – ");
  if (meaning == texts_.models.end()) return Escape(text);
  return absl::StrCat(Escape(text), "<small>",
                      Escape(absl::StrCat(column, Fill(meaning->second, numbers))), "</small>");
}

std::string Writer::Promises() {
  if (report_.promises.empty()) return "";
  std::vector<Row> rows;
  for (const PromiseOutcome& outcome : report_.promises) {
    rows.push_back({Model(outcome.text), Short(outcome.reached),
                    outcome.holds
                        ? absl::StrCat("<span class=\"yes\">", Escape(texts_.yes), "</span>")
                        : absl::StrCat("<span class=\"no\">", Escape(texts_.no), "</span>")});
  }
  return Heading(texts_.promises_heading) +
         Grid({Escape(texts_.model), Escape(texts_.reached), Escape(texts_.holds)}, rows);
}

std::string Writer::Risk() {
  const auto who = [&](const std::string& name, const std::string& note) {
    return absl::StrCat(Escape(name), "<small>", Escape(note), "</small>");
  };
  const std::string journalist =
      report_.journalist_basis == JournalistBasis::kExpected
          ? Fill(texts_.journalist_expected,
                 {Count(static_cast<uint64_t>(report_.population.value_or(0)))})
          : texts_.journalist_bound;
  const size_t published = report_.figures.persons - report_.figures.suppressed_records;
  const double below = published == 0 ? 0
                                      : static_cast<double>(report_.persons_below_threshold) /
                                            static_cast<double>(published);
  return absl::StrCat(
      Heading(texts_.risk_heading), Paragraph(texts_.risk_intro, "soft"),
      Grid({Escape(texts_.attacker), Escape(texts_.highest), Escape(texts_.average)},
           {{who(texts_.prosecutor, texts_.prosecutor_note), Share(report_.prosecutor.highest),
             Share(report_.prosecutor.average)},
            {who(texts_.journalist, journalist), Share(report_.journalist.highest),
             Share(report_.journalist.average)},
            {who(texts_.marketer, texts_.marketer_note), "–", Share(report_.journalist.average)}}),
      Paragraph(Fill(texts_.below_threshold, {Count(report_.persons_below_threshold), Share(below),
                                              Count(report_.threshold)})),
      Heading(texts_.sizes_heading), SizePlot(report_, language_));
}

std::string Writer::Uniques() {
  const size_t published = report_.figures.persons - report_.figures.suppressed_records;
  const size_t uniques = report_.persons_in_groups_below.at(2);
  const double share =
      published == 0 ? 0 : static_cast<double>(uniques) / static_cast<double>(published);
  std::string html = Heading(texts_.unique_heading) +
                     Paragraph(Fill(texts_.sample_uniques, {Count(uniques), Share(share)}));
  if (!report_.uniqueness) return html + Paragraph(texts_.population_missing, "soft");
  const auto estimate = [&](const std::optional<double>& value) {
    return value ? Share(*value)
                 : absl::StrCat("<small>", Escape(texts_.not_identified), "</small>");
  };
  absl::StrAppend(
      &html, Paragraph(Fill(texts_.estimates, {Count(static_cast<uint64_t>(*report_.population))})),
      Grid({"Dankar", "Pitman", "Zayatz", "SNB"},
           {{Share(report_.uniqueness->dankar), estimate(report_.uniqueness->pitman),
             Share(report_.uniqueness->zayatz), estimate(report_.uniqueness->snb)}}));
  return html;
}

std::string Writer::MinimalUniques() {
  const SampleUniques& found = report_.minimal_uniques;
  std::string html = Heading(texts_.minimal_heading) + Paragraph(texts_.minimal_intro, "soft");
  if (found.by_size.empty()) {
    absl::StrAppend(&html, Paragraph(texts_.minimal_none));
  } else {
    std::vector<Row> rows, shares;
    for (const auto& [size, count] : found.by_size) rows.push_back({Count(size), Count(count)});
    for (const auto& [name, share] : found.share) shares.push_back({Escape(name), Share(share)});
    absl::StrAppend(&html, Grid({Escape(texts_.variables), Escape(texts_.combinations)}, rows),
                    Grid({Escape(texts_.column), Escape(texts_.share)}, shares));
  }
  return html + Paragraph(Fill(texts_.searched, {Count(found.largest)}), "soft");
}

std::string Writer::Sensitive() {
  if (report_.sensitive.empty()) return "";
  std::vector<Row> rows;
  for (const ColumnDisclosure& column : report_.sensitive) {
    rows.push_back({Escape(column.name), Count(column.values), Count(column.distinct_l),
                    Decimal(column.entropy_l, 2, language_), Figure(column.equal_t),
                    Figure(column.ordered_t),
                    column.hierarchical_t ? Figure(*column.hierarchical_t) : "–",
                    Count(column.homogeneous_persons)});
  }
  return Heading(texts_.sensitive_heading) + Paragraph(texts_.sensitive_intro, "soft") +
         Grid({Escape(texts_.column), Escape(texts_.values), Escape(texts_.distinct),
               Escape(texts_.entropy), Escape(texts_.t_equal), Escape(texts_.t_ordered),
               Escape(texts_.t_hierarchical), Escape(texts_.homogeneous)},
              rows);
}

std::string Writer::Loss() {
  std::string html = Heading(texts_.loss_heading);
  std::vector<Row> rows;
  for (size_t q = 0; q < report_.stars.size(); ++q) {
    rows.push_back({Escape(report_.stars[q].name),
                    report_.loss ? Figure(report_.loss->per_qi_loss[q].second) : "–",
                    Count(report_.stars[q].cells)});
  }
  if (report_.loss) {
    absl::StrAppend(&html, Paragraph(texts_.loss_intro, "soft"), LossPlot(report_, language_),
                    Paragraph(Fill(texts_.mean_loss, {Figure(report_.loss->loss_arithmetic_mean),
                                                      Figure(report_.loss->loss_geometric_mean)})));
  } else {
    absl::StrAppend(&html, Paragraph(texts_.loss_missing, "soft"));
  }
  return html +
         Grid({Escape(texts_.column), Escape(texts_.loss), Escape(texts_.closed_cells)}, rows);
}

std::string Writer::Table(const TableReport& table) {
  const size_t height = table.counts.cells.size(), width = table.column_labels.size();
  const bool one_way = table.row_variable.empty();
  const std::string name = one_way ? table.column_variable
                                   : absl::StrCat(table.row_variable, " × ", table.column_variable);
  std::string html = absl::StrCat("<details><summary>", Escape(name), "</summary>\n");
  if (!table.protection.safe)
    return absl::StrCat(html, Paragraph(texts_.unsafe_table), "</details>\n");
  std::vector<Row> cells(height + 1, Row(width + 1));
  std::vector<uint64_t> down(width + 1, 0);
  for (size_t r = 0; r <= height; ++r) {
    uint64_t across = 0;
    for (size_t c = 0; c < width; ++c) {
      const uint64_t value = r < height ? table.counts.cells[r][c] : down[c];
      across += value;
      if (r < height) down[c] += value;
      cells[r][c] = Count(value);
    }
    cells[r][width] = Count(across);
  }
  for (const ClosedCell& cell : table.protection.closed) {
    cells[cell.row][cell.column] =
        absl::StrCat("<span title=\"", Escape(texts_.closed), "\">·</span>");
  }
  std::vector<Row> rows;
  if (one_way) {  // read downwards: long lists of categories fit a narrow screen
    for (size_t c = 0; c <= width; ++c) {
      rows.push_back(
          {c < width ? Escape(table.column_labels[c]) : Escape(texts_.total), cells[0][c]});
    }
    return absl::StrCat(html, Grid({Escape(name), Escape(texts_.person_unit)}, rows),
                        "</details>\n");
  }
  Row head = {""};
  for (const std::string& label : table.column_labels) head.push_back(Escape(label));
  head.push_back(Escape(texts_.total));
  for (size_t r = 0; r <= height; ++r) {
    rows.push_back({r < height ? Escape(table.row_labels[r]) : Escape(texts_.total)});
    rows.back().insert(rows.back().end(), cells[r].begin(), cells[r].end());
  }
  return absl::StrCat(html, Grid(head, rows), "</details>\n");
}

std::string Writer::Tables() {
  if (report_.tables.empty() && report_.tables_left_out.empty()) return "";
  std::string html = Heading(texts_.tables_heading) +
                     Paragraph(Fill(texts_.tables_intro, {Count(report_.threshold)}), "soft");
  for (const TableReport& table : report_.tables) html += Table(table);
  if (!report_.tables_left_out.empty()) {
    html +=
        Paragraph(Fill(texts_.left_out, {absl::StrJoin(report_.tables_left_out, ", ")}), "soft");
  }
  return html;
}

std::string Writer::Limits() {
  std::string html = Heading(texts_.limits_heading) + "<ul>\n";
  for (const std::string& limit : texts_.limits)
    absl::StrAppend(&html, "<li>", Escape(limit), "</li>\n");
  return html + "</ul>\n";
}

std::string Writer::Page(const std::string& name, std::optional<bool> verified) {
  return absl::StrCat(Head(name), Verdict(verified), Overview(), Promises(), Risk(), Uniques(),
                      MinimalUniques(), Sensitive(), Loss(), Tables(), Limits(),
                      "</main></body></html>\n");
}

}  // namespace

std::string ReportPage(const RiskReport& report, const std::string& name, Language language,
                       std::optional<bool> verified) {
  return Writer(report, language).Page(name, verified);
}

}  // namespace reprise::extract::risk
