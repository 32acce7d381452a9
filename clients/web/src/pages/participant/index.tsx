// SPDX-License-Identifier: Apache-2.0
export default function Pages() {
  return <main />;
}
