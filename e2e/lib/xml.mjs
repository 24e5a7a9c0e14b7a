// Reads a document as strict XML into a tree of plain objects.

import { SaxesParser } from "saxes";

/** An element: its name, attributes, and children, which are elements and texts. */
export class Element {
  constructor(name, attributes, line) {
    this.name = name;
    this.attributes = attributes;
    this.line = line;
    this.children = [];
  }

  get elements() {
    return this.children.filter((child) => child instanceof Element);
  }

  /** Its own text, without that of the elements in it. */
  get ownText() {
    return this.children.filter((child) => typeof child === "string").join("");
  }

  /** All text in it, in order. */
  get text() {
    return this.children.map((child) => (typeof child === "string" ? child : child.text)).join("");
  }
}

/**
 * Parses a document.
 *
 * @returns {{root: Element | undefined, problems: string[]}}
 */
export function parseXml(text) {
  const problems = [];
  const open = [];
  let root;
  const parser = new SaxesParser();
  const addText = (words) => open.at(-1)?.children.push(words);
  parser.on("error", (error) => problems.push(error.message));
  parser.on("doctype", () => problems.push("a document type is declared"));
  parser.on("opentag", ({ name, attributes }) => {
    const element = new Element(name, { ...attributes }, parser.line);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(text).close();
  return { root, problems };
}
