// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { decodeXml, escapeXml } from './escapeXml';

/** An element whose children keep their order, so that writing it back changes nothing else. */
export type XmlElement = {
  kind: 'element';
  name: string;
  /** Values as written, entities not resolved. */
  attributes: Record<string, string>;
  children: XmlNode[];
};

/** Text, comment or CDATA as written, or an element. */
export type XmlNode =
  | XmlElement
  | { kind: 'text' | 'comment' | 'cdata'; raw: string };

/** A document: what stands before the root (declaration, comments) and the root. */
export type XmlDocument = { prolog: string; root: XmlElement };

const ATTRIBUTE = '@';
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  commentPropName: '#comment',
  cdataPropName: '#cdata',
});

/**
 * Reads XML into a tree that {@link printXml} writes back with the same meaning.
 *
 * @throws InputError when the text is no well-formed XML, or declares a document type.
 */
export function parseXml(text: string): XmlDocument {
  const prolog = /^\uFEFF?\s*(<\?xml[^>]*\?>\s*)?/.exec(text)?.[0] ?? '';
  const body = text.slice(prolog.length);
  if (/<!DOCTYPE/i.test(body)) {
    throw new InputError(
      'The XML declares a document type, which is not accepted',
    );
  }
  const validity = XMLValidator.validate(body);
  if (validity !== true) {
    throw new InputError(
      `The XML is not well-formed: line ${validity.err.line}: ${validity.err.msg}`,
    );
  }
  const nodes = toNodes(parser.parse(body));
  const root = nodes.find(isElement);
  if (!root) {
    throw new InputError('The XML has no root element');
  }
  const before = nodes.slice(0, nodes.indexOf(root));
  return { prolog: prolog + before.map(print).join(''), root };
}

/** Writes a tree as XML text. */
export function printXml(document: XmlDocument): string {
  return `${document.prolog}${print(document.root)}\n`;
}

/** The first child element of that name. */
export function childElement(
  parent: XmlElement,
  name: string,
): XmlElement | undefined {
  return parent.children
    .filter(isElement)
    .find(element => element.name === name);
}

/** All child elements, or those of one name. */
export function childElements(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children
    .filter(isElement)
    .filter(element => name === undefined || element.name === name);
}

/** The element at the end of a path of names below `parent`. */
export function descendant(
  parent: XmlElement | undefined,
  ...names: string[]
): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>(
    (element, name) => element && childElement(element, name),
    parent,
  );
}

/** The text of an element, entities resolved, surrounding white space removed. */
export function textOf(element: XmlElement | undefined): string | undefined {
  if (!element) {
    return undefined;
  }
  return element.children
    .map(node => {
      if (node.kind === 'text') {
        return decodeXml(node.raw);
      }
      return node.kind === 'cdata' ? node.raw : '';
    })
    .join('')
    .trim();
}

/** Makes a new element from an XML fragment that has exactly one root. */
export function xmlFragment(xml: string): XmlElement {
  return parseXml(xml).root;
}

/** Replaces the content of an element by text. */
export function setText(element: XmlElement, text: string): void {
  element.children.splice(0, element.children.length, {
    kind: 'text',
    raw: escapeXml(text),
  });
}

function isElement(node: XmlNode): node is XmlElement {
  return node.kind === 'element';
}

function print(node: XmlNode): string {
  switch (node.kind) {
    case 'text':
      return node.raw;
    case 'comment':
      return `<!--${node.raw}-->`;
    case 'cdata':
      return `<![CDATA[${node.raw}]]>`;
    default: {
      const attributes = Object.entries(node.attributes)
        .map(([name, value]) => ` ${name}="${value.replace(/"/g, '&quot;')}"`)
        .join('');
      if (node.children.length === 0) {
        return `<${node.name}${attributes}/>`;
      }
      const children = node.children.map(print).join('');
      return `<${node.name}${attributes}>${children}</${node.name}>`;
    }
  }
}

function toNodes(parsed: unknown): XmlNode[] {
  return Array.isArray(parsed) ? parsed.flatMap(toNode) : [];
}

function toNode(entry: unknown): XmlNode[] {
  if (typeof entry !== 'object' || entry === null) {
    return [];
  }
  const fields = new Map<string, unknown>(Object.entries(entry));
  const name = [...fields.keys()].find(key => key !== ':@');
  if (name === undefined) {
    return [];
  }
  const value = fields.get(name);
  if (name === '#text') {
    return [{ kind: 'text', raw: String(value) }];
  }
  if (name === '#comment' || name === '#cdata') {
    const raw = toNodes(value)
      .map(node => (node.kind === 'text' ? node.raw : ''))
      .join('');
    return [{ kind: name === '#comment' ? 'comment' : 'cdata', raw }];
  }
  const attributes: Record<string, string> = {};
  for (const [key, text] of Object.entries(fields.get(':@') ?? {})) {
    attributes[key.slice(ATTRIBUTE.length)] = String(text);
  }
  return [{ kind: 'element', name, attributes, children: toNodes(value) }];
}
