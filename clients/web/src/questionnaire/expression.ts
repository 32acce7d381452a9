// SPDX-License-Identifier: Apache-2.0
// Evaluates the trees of docs/expressions.md (edition 1) as the server does: a walk over postfix nodes
// with a stack. What cannot be computed is null; a tree that we do not know is refused as a whole.
import { type Expression, ExpressionFunction, type ExpressionNode, ExpressionOperator as Op } from "~/gen/reprise/questionnaire/v1/expression_pb";
import { callFunction } from "./functions";
import { and, asNumber, asTruth, BLANK, type Cell, CivilDay, daysOf, equal, not, numberValue, or, ordered, truthValue, type Value } from "./value";

export interface Reference {
  readonly event: string;
  readonly item: string;
  readonly code: string;
}
export type Lookup = (reference: Reference) => Value;

const EDITION = 1;

export class ExpressionUnknown extends Error {}

function valueOf(cell: Cell | undefined): Value {
  return cell === BLANK || cell === undefined ? null : cell;
}

function arithmetic(operator: Op, a: number, b: number): number {
  switch (operator) {
    case Op.ADD: return a + b;
    case Op.SUBTRACT: return a - b;
    case Op.MULTIPLY: return a * b;
    case Op.DIVIDE: return a / b; // x / 0 is infinite or NaN, hence null
    case Op.REMAINDER: return a % b; // the sign of a
    // pow(NaN, 0) is 1, but null stays null.
    case Op.POWER: return Number.isNaN(a) ? NaN : a ** b;
    default: throw new ExpressionUnknown(`operator ${operator} is not known`);
  }
}

function binary(operator: Op, a: Cell, b: Cell): Value {
  switch (operator) {
    case Op.EQUAL: return truthValue(equal(a, b));
    case Op.NOT_EQUAL: return truthValue(not(equal(a, b)));
    case Op.LESS: return truthValue(ordered(a, b, "less", "less"));
    case Op.LESS_OR_EQUAL: return truthValue(ordered(a, b, "less", "equal"));
    case Op.GREATER: return truthValue(ordered(a, b, "greater", "greater"));
    case Op.GREATER_OR_EQUAL: return truthValue(ordered(a, b, "greater", "equal"));
    case Op.AND: return truthValue(and(asTruth(a), asTruth(b)));
    case Op.OR: return truthValue(or(asTruth(a), asTruth(b)));
    default: return numberValue(arithmetic(operator, asNumber(a), asNumber(b)));
  }
}

function isIn([x = null, ...options]: readonly Cell[]): Value {
  return truthValue(options.reduce<boolean | undefined>((found, option) => or(found, equal(x, option)), false));
}

class Stack {
  private readonly cells: Cell[] = [];

  push(cell: Cell): void {
    this.cells.push(cell);
  }
  // The last `count`, the first of them first.
  take(count: number): Cell[] {
    if (count > this.cells.length) throw new ExpressionUnknown("an operand is missing");
    return this.cells.splice(this.cells.length - count, count);
  }
  result(): Value {
    if (this.cells.length !== 1) throw new ExpressionUnknown("the tree has not one root");
    return valueOf(this.cells[0]);
  }
}

function operate(operator: Op, stack: Stack): void {
  if (operator === Op.NEGATE) stack.push(numberValue(-asNumber(stack.take(1)[0]!)));
  else if (operator === Op.NOT) stack.push(truthValue(not(asTruth(stack.take(1)[0]!))));
  else {
    const [a, b] = stack.take(2);
    stack.push(binary(operator, a!, b!));
  }
}

function step({ node }: ExpressionNode, stack: Stack, lookup: Lookup): void {
  switch (node.case) {
    case "number": case "text": case "boolean": stack.push(node.value); return;
    case "date": stack.push(new CivilDay(daysOf(node.value.year, node.value.month, node.value.day) ?? NaN)); return;
    case "blank": stack.push(BLANK); return;
    case "reference": stack.push(lookup(node.value)); return;
    case "operator": operate(node.value, stack); return;
    case "call": {
      const cells = stack.take(node.value.argumentCount);
      const { function: called } = node.value;
      stack.push(called === ExpressionFunction.IN ? isIn(cells) : callFunction(called, cells.map(valueOf)));
      return;
    }
    default: throw new ExpressionUnknown("a node is empty");
  }
}

export function evaluate(expression: Expression, lookup: Lookup): Value {
  if (expression.languageVersion !== EDITION) throw new ExpressionUnknown(`edition ${expression.languageVersion} is not known`);
  const stack = new Stack();
  for (const node of expression.nodes) step(node, stack, lookup);
  return stack.result();
}

// Whether a condition is certain; a blank one hides.
export function holds(expression: Expression, lookup: Lookup): boolean {
  return asTruth(evaluate(expression, lookup)) === true;
}
