// SPDX-License-Identifier: Apache-2.0
#include "clients/cli/completion.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace reprise::cli {
namespace {

// One word that may come at a place.
struct Word {
  std::string text;  // "create" or "--output"
  std::string what;
  bool takes_value = false;
  std::vector<std::string> choices;  // of the value
};

// The app itself ("") or a subcommand ("/user/create").
struct Place {
  std::string path;
  std::vector<Word> words;
};

// CLI11 tells a set only in the text of the type, `TEXT:{table,json,csv}`.
std::vector<std::string> ChoicesOf(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const size_t open = type.rfind('{');
  const size_t close = type.rfind('}');
  if (open == std::string::npos || close == std::string::npos || close < open) return {};
  return absl::StrSplit(type.substr(open + 1, close - open - 1), ',', absl::SkipEmpty());
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

void Walk(const CLI::App& app, const std::string& path, std::vector<Place>& places) {
  Place place{.path = path, .words = {}};
  for (const CLI::App* const child : app.get_subcommands([](const CLI::App*) { return true; })) {
    place.words.push_back({child->get_name(), FirstLine(child->get_description()), false, {}});
  }
  for (const CLI::Option* const option : app.get_options([](const CLI::Option*) { return true; })) {
    for (const std::string& name : option->get_lnames()) {
      place.words.push_back({"--" + name, FirstLine(option->get_description()),
                             option->get_items_expected_max() > 0, ChoicesOf(*option)});
    }
    if (option->get_positional()) {
      for (const std::string& choice : ChoicesOf(*option)) {
        place.words.push_back({choice, FirstLine(option->get_description()), false, {}});
      }
    }
  }
  places.push_back(std::move(place));
  for (const CLI::App* const child : app.get_subcommands([](const CLI::App*) { return true; })) {
    Walk(*child, absl::StrCat(path, "/", child->get_name()), places);
  }
}

std::string InQuotes(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

std::string InFishQuotes(const std::string& text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

std::string PathsOf(const std::vector<Place>& places, const char* separator) {
  return absl::StrJoin(places.begin() + 1, places.end(), separator,
                       [](std::string* out, const Place& place) { *out += place.path; });
}

std::string WordsOf(const Place& place) {
  return absl::StrJoin(place.words, " ",
                       [](std::string* out, const Word& word) { *out += word.text; });
}

std::string Bash(const std::vector<Place>& places) {
  std::string values;
  std::string words;
  for (const Place& place : places) {
    for (const Word& word : place.words) {
      if (!word.takes_value) continue;
      absl::StrAppend(&values, "    ", InQuotes(absl::StrCat(place.path, " ", word.text)),
                      ") words=", InQuotes(absl::StrJoin(word.choices, " ")), " ;;\n");
    }
    absl::StrAppend(&words, "      ", InQuotes(place.path), ") words=", InQuotes(WordsOf(place)),
                    " ;;\n");
  }
  return absl::StrCat(
      "# bash completion of reprise\n"
      "_reprise() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} place= words= i\n"
      "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
      "    case \"$place/${COMP_WORDS[i]}\" in\n"
      "      ",
      PathsOf(places, "|"),
      ") place=$place/${COMP_WORDS[i]} ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$place $prev\" in\n",
      values,
      "    *)\n"
      "      case \"$place\" in\n",
      words,
      "      esac ;;\n"
      "  esac\n"
      "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
      "}\n"
      "complete -o default -F _reprise reprise\n");
}

std::string Zsh(const std::vector<Place>& places) {
  std::string values;
  std::string words;
  for (const Place& place : places) {
    absl::StrAppend(&words, "    (", InQuotes(place.path), ") found=(");
    for (const Word& word : place.words) {
      absl::StrAppend(
          &words, "\n      ",
          InQuotes(absl::StrCat(absl::StrReplaceAll(word.text, {{":", "\\:"}}), ":", word.what)));
      if (!word.takes_value) continue;
      absl::StrAppend(
          &values, "    (", InQuotes(absl::StrCat(place.path, " ", word.text)), ") ",
          word.choices.empty() ? "_files" : "compadd -- " + absl::StrJoin(word.choices, " "),
          "; return ;;\n");
    }
    absl::StrAppend(&words, ") ;;\n");
  }
  return absl::StrCat(
      "#compdef reprise\n"
      "_reprise() {\n"
      "  local place= i\n"
      "  local -a found\n"
      "  for ((i = 2; i < CURRENT; ++i)); do\n"
      "    case \"$place/${words[i]}\" in\n"
      "      (",
      PathsOf(places, "|"),
      ") place=$place/${words[i]} ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$place ${words[CURRENT-1]}\" in\n",
      values,
      "  esac\n"
      "  case \"$place\" in\n",
      words,
      "  esac\n"
      "  _describe reprise found || _files\n"
      "}\n"
      "if [ \"$funcstack[1]\" = _reprise ]; then _reprise \"$@\"; else compdef _reprise reprise; "
      "fi\n");
}

std::string Fish(const std::vector<Place>& places) {
  std::string script = absl::StrCat(
      "# fish completion of reprise\n"
      "function __reprise_at\n"
      "  set -l place ''\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    switch \"$place/$word\"\n"
      "      case ",
      PathsOf(places, " "),
      "\n"
      "        set place \"$place/$word\"\n"
      "    end\n"
      "  end\n"
      "  test \"$place\" = \"$argv[1]\"\n"
      "end\n");
  for (const Place& place : places) {
    for (const Word& word : place.words) {
      absl::StrAppend(&script, "complete -c reprise -n ",
                      InFishQuotes(absl::StrCat("__reprise_at '", place.path, "'")));
      if (absl::StartsWith(word.text, "--")) {
        absl::StrAppend(&script, " -l ", word.text.substr(2));
        if (!word.choices.empty()) {
          absl::StrAppend(&script, " -x -a ", InFishQuotes(absl::StrJoin(word.choices, " ")));
        } else if (word.takes_value) {
          absl::StrAppend(&script, " -r");
        }
      } else {
        absl::StrAppend(&script, " -f -a ", InFishQuotes(word.text));
      }
      absl::StrAppend(&script, " -d ", InFishQuotes(word.what), "\n");
    }
  }
  return script;
}

}  // namespace

std::string CompletionScript(const CLI::App& app, const std::string& shell) {
  std::vector<Place> places;
  Walk(app, "", places);
  if (shell == "zsh") return Zsh(places);
  if (shell == "fish") return Fish(places);
  return Bash(places);
}

}  // namespace reprise::cli
