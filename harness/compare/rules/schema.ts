import type { SideRule } from '../rule.ts'; export const schemaRules: readonly SideRule[] = [];
