// SPDX-License-Identifier: Apache-2.0
// Finds in free text what must never enter research data: French social-security numbers (NIR, 13
// digits and a key of 2) and telephone numbers. Pure; errs on the side of finding.
#ifndef REPRISE_PLATFORM_TEXT_IDENTIFIER_H_
#define REPRISE_PLATFORM_TEXT_IDENTIFIER_H_

#include "absl/strings/string_view.h"

namespace reprise::text {

enum class Identifier { kNone, kNir, kPhone };

// The first kind found, NIR before telephone. Digits may be grouped by blanks, dots, hyphens, slashes
// or no-break spaces. NIR: sex 1-4, 7 or 8, month 01-12, 20-42, 50-99 and, with 15 digits, a right
// key. Telephone: 0 and nine digits not beginning with 0, or + and 10 to 14 digits.
Identifier FindIdentifier(absl::string_view text);

}  // namespace reprise::text

#endif  // REPRISE_PLATFORM_TEXT_IDENTIFIER_H_
