// SPDX-License-Identifier: Apache-2.0
// Forms. The services judge every rule: a form sends what was typed, and shows each refusal at its field.
// One request_id accompanies the tries of one intention; it changes when the form is changed or done.
import { type FormEvent, type ReactNode, createContext, useContext, useEffect, useId, useRef, useState } from "react";
import { newRequestId } from "~/api/requestId";
import { type Problem, problemOf, type Violation } from "~/api/problem";
import { ProblemNotice } from "~/parts/problem";
import { sentenceOf } from "~/text/reasons";
import { useText } from "~/text/text";
import { common } from "~/text/common";

interface Refusals {
  readonly violations: readonly Violation[];
  // Fields say that they exist, so that violations of no field on the page are shown above the form.
  claim(path: string): () => void;
}

const RefusalsContext = createContext<Refusals>({ violations: [], claim: () => () => undefined });

// Paths are compared without regard to the two spellings of protobuf: birth_date and birthDate.
function plain(path: string): string {
  return path.replaceAll("_", "").toLowerCase();
}

export function Form({ onSubmit, children, submit, aside, danger = false, at, focusSubmit = false }: {
  // Throws what the call throws. The request_id is for the call that writes.
  onSubmit: (data: FormData, requestId: string) => Promise<void>;
  children: ReactNode;
  // Label of the button.
  submit: string;
  aside?: ReactNode;
  danger?: boolean;
  // The field of the page that stands for a path of the request, where the two differ.
  at?: (path: string) => string;
  // A last question, to be confirmed at once with the keyboard.
  focusSubmit?: boolean;
}) {
  const t = useText(common);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const requestId = useRef(newRequestId());
  const form = useRef<HTMLFormElement>(null);
  const claimed = useRef(new Map<string, number>());

  const claim = (path: string) => {
    const key = plain(path);
    claimed.current.set(key, (claimed.current.get(key) ?? 0) + 1);
    return () => void claimed.current.set(key, (claimed.current.get(key) ?? 1) - 1);
  };
  const changed = () => {
    if (problem !== undefined) requestId.current = newRequestId();
  };
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setProblem(undefined);
    try {
      await onSubmit(new FormData(event.currentTarget), requestId.current);
      requestId.current = newRequestId();
    } catch (error) {
      const found = problemOf(error);
      setProblem(at === undefined ? found : { ...found, violations: found.violations.map((each) => ({ ...each, field: at(each.field) })) });
    } finally {
      setPending(false);
    }
  };
  // The person is taken to what she has to mend.
  useEffect(() => {
    if (problem === undefined) return;
    const first = form.current?.querySelector<HTMLElement>("[aria-invalid=true]") ?? form.current?.querySelector<HTMLElement>("[role=alert]");
    first?.focus();
  }, [problem]);

  const elsewhere = (problem?.violations ?? []).filter((each) => !(claimed.current.get(plain(each.field)) ?? 0));
  const atFields = problem !== undefined && problem.violations.length > elsewhere.length;
  return (
    <RefusalsContext.Provider value={{ violations: problem?.violations ?? [], claim }}>
      <form ref={form} className="stack" noValidate onSubmit={send} onChange={changed}>
        {problem !== undefined && (!atFields || elsewhere.length > 0) && (
          <ProblemNotice problem={{ ...problem, violations: elsewhere }} />
        )}
        {children}
        <div className="row">
          <button type="submit" className={`button ${danger ? "danger" : "main"}`} aria-disabled={pending} autoFocus={focusSubmit}>
            {pending ? t("sending") : submit}
          </button>
          {aside}
        </div>
      </form>
    </RefusalsContext.Provider>
  );
}

interface FieldProps {
  // Path in the request; also the name in FormData.
  name: string;
  label: string;
  help?: string | undefined;
  optional?: boolean;
  // What the page itself sees to be wrong, shown rather than the sentence for the service's reason.
  fault?: string | undefined;
}

function useFault(name: string, own?: string): string | undefined {
  const { violations, claim } = useContext(RefusalsContext);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- claimed once a field
  useEffect(() => claim(name), [name]);
  const found = violations.find((each) => plain(each.field) === plain(name));
  const t = useText(common);
  return own ?? (found === undefined ? undefined : sentenceOf(found.reason, t("language")));
}

function Frame({ id, label, help, fault, optional, children }: {
  id: string; label: string; help: string | undefined; fault: string | undefined; optional: boolean; children: ReactNode;
}) {
  const t = useText(common);
  return (
    <div className="field">
      <label htmlFor={id}>{label}{optional && <span className="quiet small"> ({t("optional")})</span>}</label>
      {help !== undefined && <span className="help" id={`${id}-help`}>{help}</span>}
      {children}
      {fault !== undefined && <span className="fault" id={`${id}-fault`}>{fault}</span>}
    </div>
  );
}

function described(id: string, help: string | undefined, fault: string | undefined): string | undefined {
  const ids = [help !== undefined ? `${id}-help` : "", fault !== undefined ? `${id}-fault` : ""].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

export function TextField({ name, label, help, optional = false, fault: own, type = "text", short = false, ...rest }: FieldProps & {
  type?: "text" | "password" | "email" | "tel" | "date" | "time" | "number";
  short?: boolean;
  defaultValue?: string | undefined;
  autoComplete?: string;
  inputMode?: "text" | "numeric" | "decimal" | "email" | "tel";
  autoFocus?: boolean;
  max?: string;
  min?: string;
  value?: string;
  onChange?: (event: { target: { value: string } }) => void;
}) {
  const id = useId();
  const fault = useFault(name, own);
  return (
    <Frame id={id} label={label} help={help} fault={fault} optional={optional}>
      <input id={id} name={name} type={type} className={short || type === "date" ? "input short" : "input"}
        aria-invalid={fault !== undefined} aria-describedby={described(id, help, fault)} {...rest} />
    </Frame>
  );
}

export function DayField(props: Omit<Parameters<typeof TextField>[0], "type">) {
  return <TextField type="date" {...props} />;
}

export function TextArea({ name, label, help, optional = false, fault: own, ...rest }: FieldProps & {
  defaultValue?: string;
  rows?: number;
  maxLength?: number;
  value?: string;
  onChange?: (event: { target: { value: string } }) => void;
}) {
  const id = useId();
  const fault = useFault(name, own);
  return (
    <Frame id={id} label={label} help={help} fault={fault} optional={optional}>
      <textarea id={id} name={name} className="input" aria-invalid={fault !== undefined}
        aria-describedby={described(id, help, fault)} {...rest} />
    </Frame>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly help?: string | undefined;
}

export function SelectField({ name, label, help, optional = false, fault: own, options, empty, ...rest }: FieldProps & {
  options: readonly Option[];
  // Label of the first choice that chooses nothing.
  empty?: string;
  defaultValue?: string | undefined;
  value?: string;
  onChange?: (event: { target: { value: string } }) => void;
}) {
  const id = useId();
  const fault = useFault(name, own);
  return (
    <Frame id={id} label={label} help={help} fault={fault} optional={optional}>
      <select id={id} name={name} className="input" aria-invalid={fault !== undefined}
        aria-describedby={described(id, help, fault)} {...rest}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
    </Frame>
  );
}

// Radio buttons or, with `multiple`, check boxes.
export function ChoiceField({ name, label, help, optional = false, fault: own, options, multiple = false, defaultValues = [], values, onChange }: FieldProps & {
  options: readonly Option[];
  multiple?: boolean;
  defaultValues?: readonly string[];
  // What is chosen, where the page holds it.
  values?: readonly string[];
  onChange?: (value: string) => void;
}) {
  const id = useId();
  const t = useText(common);
  const fault = useFault(name, own);
  return (
    <fieldset className="field" aria-describedby={described(id, help, fault)}>
      <legend>{label}{optional && <span className="quiet small"> ({t("optional")})</span>}</legend>
      {help !== undefined && <span className="help" id={`${id}-help`}>{help}</span>}
      <div>
        {options.map((option) => (
          <label className="choice" key={option.value}>
            <input type={multiple ? "checkbox" : "radio"} name={name} value={option.value}
              {...(values === undefined ? { defaultChecked: defaultValues.includes(option.value) } : { checked: values.includes(option.value) })} aria-invalid={fault !== undefined}
              onChange={onChange && ((event) => onChange(event.target.value))} />
            <span>{option.label}{option.help !== undefined && <span className="help"><br />{option.help}</span>}</span>
          </label>
        ))}
      </div>
      {fault !== undefined && <span className="fault" id={`${id}-fault`}>{fault}</span>}
    </fieldset>
  );
}

export function CheckField({ name, label, defaultChecked = false, help }: FieldProps & { defaultChecked?: boolean }) {
  return (
    <label className="choice">
      <input type="checkbox" name={name} value="true" defaultChecked={defaultChecked} />
      <span>{label}{help !== undefined && <span className="help"><br />{help}</span>}</span>
    </label>
  );
}

// What a field of a form holds, trimmed.
export function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value.trim() : "";
}
