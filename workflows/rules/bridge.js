// The one door between Python and feelin: parse, evaluate, test a cell; dates cross as tags, everything else as JSON.
"use strict";
(() => {
  const MAX_NODES = 4000;
  const MAX_DEPTH = 150;

  class Unreadable extends Error {
    constructor(near) {
      super("unreadable");
      this.input = near;
    }
  }

  const refuse = (name) => {
    const refused = () => {
      throw new Error(`refused function ${name}`);
    };
    refused.$args = ["...given"];
    return refused;
  };
  const SHADOWED = {};
  for (const name of ["now", "today", "matches", "replace", "split"]) SHADOWED[name] = refuse(name);

  const raise = (value) => {
    if (Array.isArray(value)) return value.map(raise);
    if (value === null || typeof value !== "object") return value;
    if ("$date" in value) return feelin.parseDate(value.$date);
    if ("$instant" in value) return feelin.dateAndTime(value.$instant);
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, raise(entry)]));
  };

  const lower = (value) => {
    if (value === undefined || value === null) return null;
    if (typeof value === "number" && !Number.isFinite(value)) return { $refused: "a number without end" };
    if (typeof value === "function" || feelin.isFunction(value)) return { $refused: "a function" };
    if (typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(lower);
    if (value instanceof feelin.FeelDate) return { $date: String(value) };
    if (value instanceof feelin.FeelDateTime) return { $instant: String(value) };
    if (feelin.isRange(value)) return { $refused: "a range" };
    if (value instanceof feelin.FeelDuration) return { $refused: "a duration" };
    if (value instanceof feelin.FeelTime) return { $refused: "a time of day" };
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, lower(entry)]));
  };

  const nest = (paths, values) => {
    const facts = {};
    paths.forEach((path, index) => {
      let group = facts;
      for (const name of path.slice(0, -1)) {
        if (!Object.hasOwn(group, name)) group[name] = {};
        group = group[name];
      }
      group[path[path.length - 1]] = raise(values[index]);
    });
    return facts;
  };

  const guarded = (answer) => {
    try {
      return JSON.stringify(answer());
    } catch (error) {
      if (error instanceof RangeError || error instanceof InternalError) throw error;
      return JSON.stringify({ failed: String(error.message), near: error.input ?? "" });
    }
  };

  globalThis.parse = (expression, shape, unary) =>
    guarded(() => {
      const read = unary ? feelin.parseUnaryTests : feelin.parseExpression;
      const tree = read(expression, JSON.parse(shape));
      const top = [];
      const stack = [top];
      let nodes = 0;
      tree.iterate({
        enter: (node) => {
          if (++nodes > MAX_NODES || stack.length > MAX_DEPTH) throw new Error("too large");
          if (node.type.isError) throw new Unreadable(expression.slice(node.from, node.to));
          if (node.type.isSkipped) return false;
          const entry = [node.name, node.from, node.to, []];
          stack[stack.length - 1].push(entry);
          stack.push(entry[3]);
        },
        leave: (node) => {
          if (!node.type.isSkipped) stack.pop();
        },
      });
      return { tree: top[0] };
    });

  globalThis.evaluate = (expression, paths, values, unary) =>
    guarded(() => {
      const facts = { ...SHADOWED, ...nest(JSON.parse(paths), JSON.parse(values)) };
      const result = (unary ? feelin.unaryTest : feelin.evaluate)(expression, facts);
      return { value: lower(result.value), warnings: result.warnings.map((warning) => warning.message) };
    });
})();
