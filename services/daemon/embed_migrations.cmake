# SPDX-License-Identifier: Apache-2.0
# cmake -DROOT=... -DOUTPUT=... -P embed_migrations.cmake: writes the .cc that holds db/roles.sql and
# every file of db/migrations as raw strings.
file(READ ${ROOT}/roles.sql roles)
set(text "// Made by embed_migrations.cmake.\n#include \"services/daemon/migrations.h\"\n\nnamespace reprise::daemon {\n\n")
string(APPEND text "const std::string& RolesSql() {\n  static const std::string* const kSql = new std::string(R\"reprise_sql(${roles})reprise_sql\");\n  return *kSql;\n}\n\n")
string(APPEND text "const std::vector<db::Migration>& Migrations() {\n  static const std::vector<db::Migration>* const kAll = new std::vector<db::Migration>(db::InOrder({\n")
file(GLOB_RECURSE files RELATIVE ${ROOT}/migrations ${ROOT}/migrations/*.sql)
foreach(file ${files})
  file(READ ${ROOT}/migrations/${file} sql)
  string(APPEND text "    {\"${file}\", R\"reprise_sql(${sql})reprise_sql\"},\n")
endforeach()
string(APPEND text "  }));\n  return *kAll;\n}\n\n}  // namespace reprise::daemon\n")
file(WRITE ${OUTPUT} "${text}")
