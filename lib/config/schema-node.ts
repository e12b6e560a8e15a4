/** What a value may be, as JSON schema says it: the part of it that Tieout's schemas use. */
export interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly examples?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** What keys of any name hold; false where there are none. */
  readonly additionalProperties?: SchemaNode | boolean;
}

/** One key as people are told about it: in faults, in help texts, in `docs/configuration.md`. */
export interface ConfigField {
  /** `csv.delimiter` */
  readonly path: string;
  /** `a whole number from 1 to 8` */
  readonly allowed: string;
  readonly fallback: unknown;
  readonly meaning: string;
}

/** Every key below a node, in the order of the schema. */
export function fieldsOf(node: SchemaNode, path: readonly string[]): ConfigField[] {
  if (node.properties) {
    return Object.entries(node.properties).flatMap(([key, child]) =>
      fieldsOf(child, [...path, key]),
    );
  }
  const meaning = node.description ?? '';
  return [{ path: path.join('.'), allowed: allowed(node), fallback: node.default, meaning }];
}

/** What a value has to be, in words that follow "Give it …". */
export function allowed(node: SchemaNode): string {
  if (node.enum) return `one of ${node.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  if (node.properties) return `an object of ${Object.keys(node.properties).join(', ')}`;
  if (node.items)
    return `a list${node.minItems ? ' of at least 1' : ''}, each entry ${allowed(node.items)}`;
  if (node.type === 'object') return 'an object';
  if (node.type === 'boolean') return 'true or false';
  if (node.examples) return `text such as ${JSON.stringify(node.examples[0])}`;
  if (node.type === 'string') return node.minLength ? 'text, not empty' : 'text';
  const kind = node.type === 'integer' ? 'a whole number' : 'a number';
  return `${kind} from ${node.minimum} to ${node.maximum}`;
}

/** The node that a path of keys and list positions leads to. */
export function nodeAt(root: SchemaNode, path: readonly string[]): SchemaNode {
  return path.reduce<SchemaNode>((node, key) => {
    const others = typeof node.additionalProperties === 'object' && node.additionalProperties;
    return node.properties?.[key] ?? node.items ?? (others || node);
  }, root);
}
