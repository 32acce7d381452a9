// SPDX-License-Identifier: Apache-2.0
// A query is a value with a name, and what goes into it and comes out is typed:
//   constexpr db::Query kLoadSite{"study.load_site", "SELECT code FROM study.site WHERE site_id = $1"};
//   REPRISE_ASSIGN_OR_RETURN(const db::Rows rows, tx.Select(kLoadSite, site_id));
//   const std::string code = rows[0].Get<std::string>(0);
#ifndef REPRISE_PLATFORM_DB_QUERY_H_
#define REPRISE_PLATFORM_DB_QUERY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

#include "services/platform/id/id.h"

struct pg_result;

namespace reprise::db {

// `name` is unique in the house: statements, logs and metrics use it.
struct Query {
  const char* name;
  const char* sql;
};

// Raw bytes, for bytea; they and instants bind in PostgreSQL's binary form, everything else as text.
struct Bytes {
  std::string value;
};

// A bound parameter.
struct Param {
  std::optional<std::string> value;
  bool binary = false;
};

Param Bind(std::string value);
Param Bind(const char* value);
Param Bind(absl::string_view value);
Param Bind(int value);
Param Bind(int64_t value);
Param Bind(bool value);
Param Bind(double value);
Param Bind(absl::Time value);
Param Bind(absl::CivilDay value);
Param Bind(Bytes value);
Param Bind(const std::vector<std::string>& values);                 // text[]
Param Bind(const std::vector<std::optional<std::string>>& values);  // text[] with nulls
Param Bind(const std::vector<int64_t>& values);                     // bigint[]
Param Bind(std::nullopt_t);
template <typename T>
Param Bind(const std::optional<T>& value) {
  return value.has_value() ? Bind(*value) : Bind(std::nullopt);
}

template <typename... T>
std::vector<Param> BindAll(const T&... values) {
  std::vector<Param> params;
  params.reserve(sizeof...(values));
  (params.push_back(Bind(values)), ...);
  return params;
}

// One row of a result. Reading a column as a type that its text does not have, or a null as a
// non-optional type, is a defect of ours and ends the process.
class Row {
 public:
  Row(const pg_result* result, int row) : result_(result), row_(row) {}
  template <typename T>
  T Get(int column) const;
  bool IsNull(int column) const;
  absl::string_view Text(int column) const;  // as PostgreSQL printed it

 private:
  const pg_result* result_;
  int row_;
};

template <> std::string Row::Get<std::string>(int column) const;
template <> int64_t Row::Get<int64_t>(int column) const;
template <> int Row::Get<int>(int column) const;
template <> bool Row::Get<bool>(int column) const;
template <> double Row::Get<double>(int column) const;
template <> absl::Time Row::Get<absl::Time>(int column) const;
template <> absl::CivilDay Row::Get<absl::CivilDay>(int column) const;
template <> Bytes Row::Get<Bytes>(int column) const;
template <> std::vector<std::string> Row::Get<std::vector<std::string>>(int column) const;
template <>
std::vector<std::optional<std::string>> Row::Get<std::vector<std::optional<std::string>>>(int) const;
template <> std::optional<std::string> Row::Get<std::optional<std::string>>(int column) const;
template <> std::optional<int64_t> Row::Get<std::optional<int64_t>>(int column) const;
template <> std::optional<double> Row::Get<std::optional<double>>(int column) const;
template <> std::optional<bool> Row::Get<std::optional<bool>>(int column) const;
template <> std::optional<absl::Time> Row::Get<std::optional<absl::Time>>(int column) const;
template <> std::optional<absl::CivilDay> Row::Get<std::optional<absl::CivilDay>>(int column) const;

// The rows of one statement; owns them. Movable.
class Rows {
 public:
  Rows() : result_(nullptr, nullptr) {}
  explicit Rows(pg_result* result);
  pg_result* raw() const { return result_.get(); }
  int size() const;
  bool empty() const { return size() == 0; }
  Row operator[](int row) const { return Row(result_.get(), row); }

  class Iterator {
   public:
    Iterator(const Rows& rows, int at) : rows_(rows), at_(at) {}
    Row operator*() const { return rows_[at_]; }
    Iterator& operator++() { ++at_; return *this; }
    friend bool operator!=(const Iterator& a, const Iterator& b) { return a.at_ != b.at_; }

   private:
    const Rows& rows_;
    int at_;
  };
  Iterator begin() const { return Iterator(*this, 0); }
  Iterator end() const { return Iterator(*this, size()); }

 private:
  std::unique_ptr<pg_result, void (*)(pg_result*)> result_;
};

}  // namespace reprise::db

#endif  // REPRISE_PLATFORM_DB_QUERY_H_
