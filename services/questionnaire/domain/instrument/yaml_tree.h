// SPDX-License-Identifier: Apache-2.0
// The tree from which instruments and wordings are read, at most 4 MiB of text.
#ifndef REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_YAML_TREE_H_
#define REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_YAML_TREE_H_

#include "services/platform/text/yaml_tree.h"

namespace reprise::instrument {

using text::ParseYaml;
using text::YamlNode;

}  // namespace reprise::instrument

#endif  // REPRISE_QUESTIONNAIRE_DOMAIN_INSTRUMENT_YAML_TREE_H_
