// SPDX-License-Identifier: Apache-2.0
// Choices above a list. They act at once and are no forms.
import { type ReactNode, useId } from "react";

export function Choice({ label, value, onChange, options }: {
  label: string; value: string; onChange: (value: string) => void; options: readonly { value: string; label: string }[];
}) {
  const id = useId();
  return (
    <div className="field filter">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
    </div>
  );
}

export function Search({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="field filter">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="search" className="input" value={value} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

export function Filters({ children }: { children: ReactNode }) {
  return <div className="filters no-print">{children}</div>;
}
