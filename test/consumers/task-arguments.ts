import tasks from "./tasks.json";

type Kind = "flag" | "date" | "interval" | "integer" | "float" | "text" | "repeated" | "json-list";

interface Task {
  readonly releases: readonly string[];
  readonly required: readonly string[];
  readonly parameters: Readonly<Partial<Record<Kind, readonly string[]>>>;
}

const known: Readonly<Record<string, readonly Task[]>> = tasks.tasks;

/** The releases of edx-analytics-pipeline, oldest first. */
export const releasesOfTasks: readonly string[] = [
  ...new Set(Object.values(known).flatMap((forms) => forms.flatMap((form) => form.releases))),
];

const forms: Readonly<Record<Kind, RegExp>> = {
  flag: /^$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  interval: /^\d{4}-\d{2}-\d{2}-\d{4}-\d{2}-\d{2}$/,
  integer: /^\d+$/,
  float: /^\d+(\.\d+)?$/,
  text: /^[^[\]'"\s]+$/,
  repeated: /^[^[\]'"\s]+$/,
  "json-list": /^\["[^"]+"\]$/,
};

/**
 * What is wrong with the arguments of `run-automated-task.sh`, after both shells.
 * @param given the task, and its arguments
 */
export function taskProblems(release: string, [name = "", ...given]: readonly string[]): string[] {
  const task = known[name]?.find(({ releases }) => releases.includes(release));
  if (task === undefined) {
    return [`${release} has no task ${name}`];
  }
  const remote = tasks.remote_task.find(({ releases }) => releases.includes(release))?.options ?? [];
  const script = tasks.script.find(({ releases }) => releases.includes(release))?.options ?? [];
  const problems: string[] = [];
  const options: string[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const [option = "", inline] = (given[index] as string).split(/=(.*)/s);
    options.push(option);
    if (tasks.general.includes(option)) {
      continue;
    }
    if (remote.includes(option)) {
      problems.push(...(script.includes(option) ? [`${option} is given by the script already`] : []));
      continue;
    }
    const kind = (Object.keys(forms) as Kind[]).find((one) => task.parameters[one]?.includes(option));
    if (kind === undefined) {
      problems.push(`${name} has no ${option}`);
      continue;
    }
    const value = kind === "flag" ? "" : (inline ?? given[++index] ?? "nothing");
    problems.push(...(forms[kind].test(value) ? [] : [`${option} is ${value}, no ${kind}`]));
  }
  return [
    ...problems,
    ...task.required.filter((option) => !options.includes(option)).map((option) => `${name} requires ${option}`),
    ...(options.includes("--local-scheduler") ? [] : [`${name} has no scheduler`]),
  ];
}

/** The task and its arguments in a job's step, with its variables filled in as a shell would. */
export function argumentsOf(step: string): string[] {
  const line =
    step
      .replaceAll("\\\n", " ")
      .split("\n")
      .find((one) => one.includes("run-automated-task.sh")) ?? "";
  const values: Readonly<Record<string, string>> = {
    FROM_DATE: "2016-01-01",
    TO_DATE: "2020-01-01",
    TOMORROW: "2020-01-02",
    NUM_REDUCE_TASKS: "2",
    DAYS: "1461",
  };
  const filled = line.replaceAll(/\$([A-Z0-9_]+)/g, (_, name: string) => values[name] ?? `s3://${name.toLowerCase()}`);
  const words = filled.trim().split(/\s+/).slice(1);
  // Double quotes are the step's own shell's, single ones the cluster's.
  return words.map((word) =>
    word
      .replaceAll(/(?<!\\)"/g, "")
      .replaceAll('\\"', '"')
      .replaceAll("'", ""),
  );
}
