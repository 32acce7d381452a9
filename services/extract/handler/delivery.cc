// SPDX-License-Identifier: Apache-2.0
#include "services/extract/handler/delivery.h"

#include <algorithm>

#include "services/platform/status.h"

namespace reprise::extract {
namespace {

// Participants whose rows are in memory at once.
constexpr size_t kBatch = 250;

// Columns of SelectAnswers.
enum { kPlace, kTimepoint, kVersionId, kDay, kVersion, kAnswersColumn, kMissing };

StoredForm FormOf(const db::Row& row) {
  return {.answers = row.Get<std::vector<std::optional<std::string>>>(kAnswersColumn),
          .missing = row.Get<std::string>(kMissing)};
}

std::string TextOf(const db::Row& row, int column) {
  return row.IsNull(column) ? std::string() : std::string(row.Text(column));
}

}  // namespace

absl::Status Delivery::Run(const preparation::ExtractKey& key) {
  REPRISE_ASSIGN_OR_RETURN(std::vector<Participant> found, LoadParticipants(tx_, request_));
  roster_ = MakeRoster(std::move(found), key, request_.study_id);
  REPRISE_ASSIGN_OR_RETURN(const Protocol protocol, LoadProtocol(tx_, request_));
  REPRISE_ASSIGN_OR_RETURN(const std::vector<Occasion> occasions, LoadOccasions(tx_, request_));
  REPRISE_ASSIGN_OR_RETURN(std::vector<FormLayout> forms, LoadForms(tx_, occasions));
  contents_ = {.study = protocol.study,
               .stage = request_.stage,
               .cut_time = request_.cut_time,
               .protocol_version = protocol.version,
               .protocol_label = protocol.label,
               .participants = static_cast<int64_t>(roster_.participants.size()),
               .withdrawn = roster_.withdrawn,
               .forms = std::move(forms)};
  const WideLayout wide(contents_.forms, occasions);
  REPRISE_RETURN_IF_ERROR(WriteText("README.txt", MakeReadme(contents_)));
  REPRISE_RETURN_IF_ERROR(WriteParticipants());
  for (const CourseFile& file : CourseFiles()) REPRISE_RETURN_IF_ERROR(WriteCourse(file));
  for (const FormLayout& form : contents_.forms) REPRISE_RETURN_IF_ERROR(WriteForm(form));
  REPRISE_RETURN_IF_ERROR(WriteWide(wide));
  REPRISE_RETURN_IF_ERROR(WriteDictionary(wide));
  return WriteText("manifest.json", MakeManifest(contents_, writer_.records()));
}

absl::Status Delivery::WriteText(const std::string& file, const std::string& text) {
  writer_.Begin(file);
  REPRISE_RETURN_IF_ERROR(writer_.Text(text));
  return writer_.End();
}

absl::Status Delivery::WriteParticipants() {
  writer_.Begin("participants.csv");
  REPRISE_RETURN_IF_ERROR(writer_.Header(NamesOf(ParticipantColumns())));
  for (const Participant& participant : roster_.participants) {
    REPRISE_RETURN_IF_ERROR(writer_.Row(ParticipantLine(participant, request_.stage)));
  }
  return writer_.End();
}

absl::Status Delivery::ForEachRow(const Load& load, const OnRow& on_row) {
  const absl::Span<const Participant> all = roster_.participants;
  for (size_t at = 0; at < all.size(); at += kBatch) {
    const absl::Span<const Participant> some = all.subspan(at, kBatch);
    REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, load(BatchOf(some)));
    for (const db::Row row : rows) {
      REPRISE_RETURN_IF_ERROR(on_row(row, some[static_cast<size_t>(row.Get<int>(kPlace))]));
    }
  }
  return absl::OkStatus();
}

absl::Status Delivery::WriteCourse(const CourseFile& file) {
  const Columns& columns = CourseColumns(file.file);
  writer_.Begin(file.file);
  REPRISE_RETURN_IF_ERROR(writer_.Header(NamesOf(columns)));
  REPRISE_RETURN_IF_ERROR(ForEachRow(
      [&](const Batch& batch) { return SelectCourse(tx_, file, batch, request_.cut_time); },
      [&](const db::Row& row, const Participant& participant) {
        std::vector<std::string> cells = {participant.pseudonym};
        for (size_t i = 1; i < columns.size(); ++i) cells.push_back(TextOf(row, static_cast<int>(i)));
        return writer_.Row(cells);
      }));
  return writer_.End();
}

absl::Status Delivery::WriteForm(const FormLayout& form) {
  std::vector<std::string> header = NamesOf(FormColumns());
  for (const FormLayout::Item& item : form.items) header.push_back(item.column.name);
  writer_.Begin(form.FileName());
  REPRISE_RETURN_IF_ERROR(writer_.Header(header));
  REPRISE_RETURN_IF_ERROR(ForEachRow(
      [&](const Batch& batch) {
        return SelectAnswers(tx_, batch, request_.cut_time, form.instrument_version_id);
      },
      [&](const db::Row& row, const Participant& participant) {
        std::vector<std::string> cells = {participant.pseudonym, TextOf(row, kTimepoint), TextOf(row, kDay),
                                          TextOf(row, kVersion)};
        AppendCells(form, FormOf(row), participant.consent_date, cells);
        return writer_.Row(cells);
      }));
  return writer_.End();
}

absl::Status Delivery::WriteWide(const WideLayout& layout) {
  writer_.Begin("wide.csv");
  REPRISE_RETURN_IF_ERROR(writer_.Header(NamesOf(layout.columns())));
  const absl::Span<const Participant> all = roster_.participants;
  std::vector<std::vector<std::string>> blocks(layout.blocks());
  for (size_t at = 0; at < all.size(); at += kBatch) {
    const absl::Span<const Participant> some = all.subspan(at, kBatch);
    REPRISE_ASSIGN_OR_RETURN(const db::Rows rows,
                             SelectAnswers(tx_, BatchOf(some), request_.cut_time, ""));
    int next = 0;
    for (size_t place = 0; place < some.size(); ++place) {
      for (auto& block : blocks) block.clear();
      for (; next < rows.size() && rows[next].Get<int>(kPlace) == static_cast<int>(place); ++next) {
        const db::Row row = rows[next];
        const int block = layout.BlockOf(row.Get<std::string>(kTimepoint), row.Get<std::string>(kVersionId));
        REPRISE_CHECK(block >= 0);
        blocks[block].push_back(TextOf(row, kDay));
        AppendCells(layout.form(block), FormOf(row), some[place].consent_date, blocks[block]);
      }
      std::vector<std::string> cells = ParticipantLine(some[place], request_.stage);
      for (size_t block = 0; block < blocks.size(); ++block) {
        blocks[block].resize(1 + layout.form(block).items.size());
        std::move(blocks[block].begin(), blocks[block].end(), std::back_inserter(cells));
      }
      REPRISE_RETURN_IF_ERROR(writer_.Row(cells));
    }
  }
  return writer_.End();
}

absl::Status Delivery::WriteDictionary(const WideLayout& layout) {
  const auto lines = [&](const std::string& file, const Columns& columns) -> absl::Status {
    for (const Column& column : columns) REPRISE_RETURN_IF_ERROR(writer_.Row(DictionaryLine(file, column)));
    return absl::OkStatus();
  };
  writer_.Begin("dictionary.csv");
  REPRISE_RETURN_IF_ERROR(writer_.Header(DictionaryHeader()));
  REPRISE_RETURN_IF_ERROR(lines("participants.csv", ParticipantColumns()));
  for (const CourseFile& file : CourseFiles()) REPRISE_RETURN_IF_ERROR(lines(file.file, CourseColumns(file.file)));
  for (const FormLayout& form : contents_.forms) {
    REPRISE_RETURN_IF_ERROR(lines(form.FileName(), FormColumns()));
    Columns items;
    for (const FormLayout::Item& item : form.items) items.push_back(item.column);
    REPRISE_RETURN_IF_ERROR(lines(form.FileName(), items));
  }
  REPRISE_RETURN_IF_ERROR(lines("wide.csv", layout.columns()));
  return writer_.End();
}

}  // namespace reprise::extract
