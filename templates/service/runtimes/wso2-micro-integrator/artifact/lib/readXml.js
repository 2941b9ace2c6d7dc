const TOKEN =
  /<\?[^]*?\?>|<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/g;

/**
 * Reads an XML file into nested elements `{ name, attributes, children, text }`.
 * Throws when it is not well-formed.
 */
export function readXml(source) {
  const document = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  let end = 0;
  for (const token of source.matchAll(TOKEN)) {
    if (token.index !== end) {
      break;
    }
    end += token[0].length;
    const [text, closed, name, attributes = '', empty] = token;
    const parent = open.at(-1);
    if (closed) {
      if (parent.name !== closed) {
        throw new Error(`</${closed}> closes <${parent.name}>`);
      }
      open.pop();
    } else if (name) {
      const element = { name, attributes: read(attributes), children: [], text: '' };
      parent.children.push(element);
      if (!empty) {
        open.push(element);
      }
    } else if (!text.startsWith('<')) {
      parent.text += text;
    }
  }
  if (end !== source.length) {
    throw new Error(`Not XML: ${source.slice(end, end + 40)}`);
  }
  if (open.length > 1) {
    throw new Error(`<${open.at(-1).name}> is never closed`);
  }
  return document.children[0];
}

function read(attributes) {
  return Object.fromEntries(
    [...attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
      ([, name, double, single]) => [name, double ?? single],
    ),
  );
}
