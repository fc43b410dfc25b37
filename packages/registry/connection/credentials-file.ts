import type { Problem } from '@passmuster/core/errors.ts';

export interface FileCredentials {
  readonly user?: string;
  readonly password?: string;
}

type Section = Map<string, string>;

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** As Python's configparser reads it; what it would stop at is left out here. */
function sectionsOf(text: string): Map<string, Section> {
  const sections = new Map<string, Section>();
  let section: Section | undefined;
  let option: { key: string; indent: number } | undefined;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|[\r\n]/)) {
    const content = line.trim();
    if (content === '' || /^[#;]/.test(content)) continue;
    if (section && option && indentOf(line) > option.indent) {
      section.set(option.key, `${section.get(option.key)}\n${content}`);
      continue;
    }
    const header = /^\[(.+)\]/.exec(content)?.[1];
    if (header !== undefined) {
      section = sections.get(header) ?? new Map();
      sections.set(header, section);
      option = undefined;
      continue;
    }
    const end = content.search(/[=:]/);
    if (!section || end < 1) continue;
    const key = content.slice(0, end).trimEnd().toLowerCase();
    section.set(key, content.slice(end + 1).trim());
    option = { key, indent: indentOf(line) };
  }
  return sections;
}

const KEYS = { user: 'mlflow_tracking_username', password: 'mlflow_tracking_password' } as const;

/** What `~/.mlflow/credentials` holds; a percent sign is written twice there. */
export function readCredentialsFile(text: string): FileCredentials | Problem {
  const sections = sectionsOf(text);
  const own = sections.get('mlflow');
  if (!own) return {};
  const found: { user?: string; password?: string } = {};
  for (const name of ['user', 'password'] as const) {
    const value = own.get(KEYS[name]) ?? sections.get('DEFAULT')?.get(KEYS[name]);
    if (!value) continue;
    if (/%/.test(value.replaceAll('%%', ''))) {
      return {
        message: `In ~/.mlflow/credentials, ${KEYS[name]} holds a single percent sign, which MLflow does not read.`,
        hint: 'Write it twice: %%.',
      };
    }
    found[name] = value.replaceAll('%%', '%');
  }
  return found;
}
