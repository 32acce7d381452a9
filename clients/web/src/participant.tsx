// SPDX-License-Identifier: Apache-2.0
// The entry of participants: p/index.html.
import { Router } from "wouter";
import { draw } from "~/draw";
import Pages from "~/pages/participant";

draw(<Router base="/p"><Pages /></Router>);
