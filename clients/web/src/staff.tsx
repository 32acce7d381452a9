// SPDX-License-Identifier: Apache-2.0
// The entry of the staff: index.html.
import { draw } from "~/draw";
import Staff from "~/shell/staff";

draw(<Staff />);
