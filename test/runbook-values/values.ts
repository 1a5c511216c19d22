import type { Client } from "../../config/client";
import { loadOne } from "../../config/load/load";
import { once } from "../once";
import { analyticsOf, type Template } from "../synth";

/**
 * Each value that the runbook names, read from the synthesised client that takes it literally: the tables of IAM, groups,
 * EC2, S3, RDS and Elasticsearch, one expectation for each value.
 */
const synthesised = () => once(["runbook"], () => analyticsOf(loadOne("runbook") as Client));

export type Value = readonly [title: string, read: (template: Template) => unknown, expected: unknown];

export function expectEach(section: string, values: readonly Value[]): void {
  describe(section, () => {
    it.each(values)("%s", (_, read, expected) => {
      expect(read(synthesised())).toEqual(expected);
    });
  });
}

export const statements = (document: string) => (t: Template) => t.data.aws_iam_policy_document?.[document]?.statement;
export const statement = (document: string, index: number, field: string) => (t: Template) =>
  statements(document)(t)?.[index]?.[field];
export const attribute = (type: string, name: string, field: string) => (t: Template) =>
  t.resource[type]?.[name]?.[field];
export const principal = (document: string) => (t: Template) => statements(document)(t)?.[0].principals[0].identifiers;
