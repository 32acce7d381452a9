// SPDX-License-Identifier: Apache-2.0
// Any message as a table for people, JSON (protobuf's mapping) or CSV, by its descriptor. A message
// whose one repeated field holds messages is a list of rows; any other is one row, shown upright in
// the table form with its lists below. Nested messages become columns such as `study.code`.
#ifndef REPRISE_CLI_ONLINE_PRINT_H_
#define REPRISE_CLI_ONLINE_PRINT_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace reprise::cli {

// `output` is table, json or csv. Ends in a newline. `columns`, where given, are those that the
// table form of a list shows, in that order; CSV and JSON always hold all.
std::string Print(const google::protobuf::Message& message, const std::string& output,
                  const std::vector<std::string>& columns = {});

// Rows that are not one message's.
struct Rows {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> cells;  // each as wide as the header
};
// Aligned by what a terminal shows, so that accents do not shift columns; columns that hold nothing
// are left out, and control characters are blanks.
std::string PrintTable(const Rows& rows);
std::string PrintCsv(const Rows& rows);

}  // namespace reprise::cli

#endif  // REPRISE_CLI_ONLINE_PRINT_H_
