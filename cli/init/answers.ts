import { clientNameFault } from "../../config/checks/names";
import { region } from "../../config/schema/fields";
import { releaseNames } from "../../config/tables/versions-by-release";
import { CommandError } from "../command-error";
import { allowedPackage, needsRegistry, packageFault, registryFault } from "./package-source";
import { ciHosts } from "./repository-files";

/** What a new repository is made of, by the options that give it. */
export interface Answers {
  readonly client: string;
  readonly region: string;
  readonly accountId: string;
  readonly release: string;
  readonly ci: string;
  readonly package: string;
  /** Of a package that is a version. */
  readonly registry?: string;
}

/** The answers that options have given. */
export type Options = { readonly [name in keyof Answers]?: string };

/** Who answers. */
export interface Operator {
  /** Asks for one value. The answer of who gives none is the standard, or empty. */
  ask(question: string, standard?: string): Promise<string>;
  /** Says why it asks again. */
  say(text: string): void;
}

interface Question {
  readonly flag: string;
  readonly question: string;
  /** The answer of who has none. */
  readonly standard?: string;
  /** What is wrong with an answer, to be read after what names it. */
  readonly fault: (answer: string) => string | undefined;
}

const questions = {
  client: {
    flag: "--client",
    question: "Name of the first client, as in acme",
    standard: "example",
    fault: (name) => {
      const wrong = clientNameFault(name);
      return wrong === undefined ? undefined : `is ${JSON.stringify(name)}, which ${wrong}.`;
    },
  },
  region: {
    flag: "--region",
    question: "AWS region",
    standard: "eu-west-1",
    fault: (name) => {
      const { error } = region.safeParse(name);
      return error && `is ${JSON.stringify(name)}; ${error.issues[0]?.message}`;
    },
  },
  accountId: {
    flag: "--account-id",
    question: "AWS account id",
    standard: "123456789012",
    fault: (id) =>
      /^(?!0{12})\d{12}$/.test(id)
        ? undefined
        : `is ${JSON.stringify(id)}; an account id is 12 digits. See \`aws sts get-caller-identity\`.`,
  },
  release: {
    flag: "--release",
    question: "Open edX release",
    standard: "nutmeg",
    fault: (name) => oneOf(name, releaseNames),
  },
  ci: {
    flag: "--ci",
    question: `Where CI runs (${ciHosts.join(", ")})`,
    standard: "github",
    fault: (name) => oneOf(name, ciHosts),
  },
  package: {
    flag: "--package",
    question: "Package to install: path of a tarball, a URL, or an exact version",
    fault: packageFault,
  },
  registry: { flag: "--registry", question: "URL of the npm registry of that version", fault: registryFault },
} as const satisfies Record<keyof Answers, Question>;

const names = Object.keys(questions) as (keyof Answers)[];

/**
 * What the options say, then what the operator answers, who is asked again until it can be used; without an operator, the
 * defaults.
 * @throws CommandError with everything that is wrong with the options, before the first question
 */
export async function answersOf(options: Options, operator?: Operator): Promise<Answers> {
  const problems = [...faultsOf(options), ...(operator === undefined ? missing(options) : [])];
  if (problems.length > 0) {
    throw new CommandError([...problems, "", "Nothing was written."].join("\n"));
  }
  const answers: Record<string, string> = {};
  for (const name of names) {
    const asked = name !== "registry" || needsRegistry(answers.package ?? "");
    const { standard }: Question = questions[name];
    const answer =
      options[name] ?? (asked ? await (operator ? answerOf(questions[name], operator) : standard) : undefined);
    if (answer !== undefined) {
      answers[name] = answer;
    }
  }
  return answers as unknown as Answers;
}

async function answerOf({ question, standard, fault }: Question, operator: Operator): Promise<string> {
  for (;;) {
    const answer = await operator.ask(question, standard);
    const wrong = fault(answer);
    if (wrong === undefined) {
      return answer;
    }
    operator.say(`The answer ${wrong}`);
  }
}

function faultsOf(options: Options): string[] {
  const { package: source, registry } = options;
  return [
    ...names.flatMap((name) => {
      const value = options[name];
      const { flag, fault } = questions[name];
      const wrong = value === undefined ? undefined : fault(value);
      return wrong === undefined ? [] : `${flag} ${wrong}`;
    }),
    ...(registry !== undefined && source !== undefined && !needsRegistry(source)
      ? ["--registry is for an exact version, as in `--package 1.2.3`. Leave one of the two options out."]
      : []),
  ];
}

/** What has neither a question nor a default. */
function missing({ package: source, registry }: Options): string[] {
  if (source === undefined) {
    return [`--package is missing; ${allowedPackage}`];
  }
  return needsRegistry(source) && registry === undefined
    ? [
        `--package is ${JSON.stringify(source)}, and --registry is missing; npm's public registry does not have this project. Add the URL of the registry that has it.`,
      ]
    : [];
}

function oneOf(value: string, allowed: readonly string[]): string | undefined {
  return allowed.includes(value)
    ? undefined
    : `is ${JSON.stringify(value)}; ${allowed.join(", ")} are allowed. Choose one.`;
}
