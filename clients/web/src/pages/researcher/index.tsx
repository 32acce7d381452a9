// SPDX-License-Identifier: Apache-2.0
import { Route, Switch } from "wouter";
import { Unknown } from "~/shell/staff";

export default function Pages() {
  return <Switch><Route><Unknown /></Route></Switch>;
}
