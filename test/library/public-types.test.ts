import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pathOf = (file: string): string => join(root, file);
const entries = ['src/index.ts', 'src/trainer.ts', 'src/extend.ts'];
/** Its types are no plain objects, which shows that the check can fail. */
const withCollections = 'src/campaign/campaign.ts';
const files = [...entries, withCollections].map(pathOf);

const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
const program = ts.createProgram(files, options);
const checker = program.getTypeChecker();

interface Reachable {
  /** The names of types, each with the file that declares it. */
  readonly types: ReadonlyMap<string, string>;
  /** Properties of this project's types that can be assigned to. */
  readonly mutable: readonly string[];
}

/** What a program can reach from the exports of a file. */
function reachableFrom(file: string): Reachable {
  const source = program.getSourceFile(pathOf(file));
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new TypeError(`${file} is no module`);
  const types = new Map<string, string>();
  const mutable: string[] = [];
  const seen = new Set<ts.Type>();
  const visitSymbol = (symbol: ts.Symbol): void => visit(checker.getTypeOfSymbol(symbol));
  const visitSignature = (signature: ts.Signature): void => {
    for (const parameter of signature.getParameters()) visitSymbol(parameter);
    visit(signature.getReturnType());
    for (const parameter of signature.getTypeParameters() ?? []) visit(parameter);
  };
  const visit = (type: ts.Type): void => {
    if (seen.has(type)) return;
    seen.add(type);
    for (const argument of type.aliasTypeArguments ?? []) visit(argument);
    const constraint = type.getConstraint();
    if (constraint !== undefined) visit(constraint);
    if (type.isUnionOrIntersection()) for (const part of type.types) visit(part);
    if (isReference(type)) for (const argument of checker.getTypeArguments(type)) visit(argument);
    const symbol = type.aliasSymbol ?? type.getSymbol();
    const declaredIn = symbol?.declarations?.[0]?.getSourceFile().fileName;
    if (symbol !== undefined && declaredIn !== undefined) {
      types.set(symbol.getName(), relative(root, declaredIn));
      if (declaredIn.includes('/node_modules/')) return;
    }
    for (const property of type.getProperties()) {
      if (isAssignable(property)) mutable.push(`${symbol?.getName()}.${property.getName()}`);
      visitSymbol(property);
    }
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()])
      visitSignature(signature);
    for (const { type: value } of checker.getIndexInfosOfType(type)) visit(value);
  };
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (symbol.flags & ts.SymbolFlags.Type) visit(checker.getDeclaredTypeOfSymbol(symbol));
    if (symbol.flags & ts.SymbolFlags.Value) visitSymbol(symbol);
  }
  return { types, mutable };
}

function isAssignable({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some(
    (declaration) =>
      ts.isPropertySignature(declaration) &&
      !declaration.getSourceFile().fileName.includes('/node_modules/') &&
      !(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly),
  );
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return Boolean(
    type.flags & ts.TypeFlags.Object && Reflect.get(type, 'objectFlags') & ts.ObjectFlags.Reference,
  );
}

/** Declared by the language, by Node, or by this project outside of its views. What `summary.json` holds is public. */
const isPlain = ([, file]: readonly [string, string]): boolean =>
  /\/node_modules\/(typescript|@types\/node|undici-types)\//.test(`/${file}`) ||
  /^src\/(?!views\/(?!summary\/))/.test(file);

const leaksOf = ({ types }: Reachable): [string, string][] => [...types].filter((type) => !isPlain(type));

describe.each(entries)('the types of %s', (entry) => {
  const reachable = reachableFrom(entry);

  it('name no type of a library or of a view', () => {
    expect(leaksOf(reachable)).toEqual([]);
  });

  it('are read-only', () => {
    expect(reachable.mutable).toEqual([]);
  });
});

it('a type with collections of a library would be noticed', () => {
  expect(leaksOf(reachableFrom(withCollections)).map(([name]) => name)).toContain('List');
});
