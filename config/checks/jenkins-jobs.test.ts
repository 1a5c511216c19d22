import { clientOf, mistakes } from "../../test/client-files";

const jobsOf = (overrides: Parameters<typeof clientOf>[0]) => clientOf(overrides).jenkinsJobs;

describe("the jobs of a client", () => {
  it("are complete by themselves", () => {
    const { email, jobs } = jobsOf({ configurationFiles: { contactEmail: "contact@example.org" } });

    expect(email).toBe("contact@example.org");
    expect(jobs.map(({ key }) => key)).toEqual([
      "enrollments",
      "geography",
      "engagement",
      "learners",
      "performance",
      "videos",
    ]);
    expect(jobs[0]).toEqual({ key: "enrollments", schedule: "H 0 * * *", timeoutMinutes: 300, arguments: [] });
  });

  it("take what their own file says", () => {
    const { email, jobs } = jobsOf({
      jenkinsJobs: { email: "ops@example.org", enrollments: { schedule: "@daily" }, learners: false },
    });

    expect(email).toBe("ops@example.org");
    expect(jobs.map(({ key }) => key)).not.toContain("learners");
    expect(jobs[0]?.schedule).toBe("@daily");
  });
});

describe("a schedule", () => {
  const problems = (schedule: string) => mistakes({ "jenkinsJobs.videos": { schedule } });

  it.each([
    "H 7 * * *",
    "H/15 * * * *",
    "*/30 0-6 1,15 * 1-5",
    "H(0-29)/10 9-16/2 * 1-11 0,7",
    "59 23 31 12 7",
    "@midnight",
  ])("may be `%s`", (schedule) => {
    expect(problems(schedule)).toEqual([]);
  });

  it.each([
    "",
    "H 7 * *",
    "H 7 * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 8",
    "30-10 * * * *",
    "H(50-60) * * * *",
    "*/0 * * * *",
    "5/10 * * * *",
    "H 7 * * MON",
    "H  7 * * *",
    "H 7 * * *\nH 9 * * *",
    "@noon",
    "daily",
  ])("may not be %j", (schedule) => {
    expect(problems(schedule)).toEqual([expect.stringContaining("minute, hour, day of the month, month and weekday")]);
  });
});

describe("a mistake", () => {
  it("is a job that there is none of, with the nearest name", () => {
    expect(mistakes({ "jenkinsJobs.video": {} })).toEqual([expect.stringMatching(/^`jenkinsJobs\.video`.*`videos`/)]);
  });

  it.each([[["--throttle", "a b"]], [["$(id)"]], [["{x}"]], [["it's"]], [[""]]])(
    "is an argument that a shell would read otherwise: %j",
    (args) => {
      expect(mistakes({ "jenkinsJobs.videos": { arguments: args } })).toEqual([
        expect.stringContaining("an argument is letters, digits"),
      ]);
    },
  );

  it.each([
    ["timeoutMinutes", 0],
    ["email", "nobody"],
    ["taskInstances", { count: 1, type: "m4" }],
  ])("is a %s of %j", (field, value) => {
    const path = field === "email" ? "jenkinsJobs.email" : `jenkinsJobs.videos.${field}`;

    expect(mistakes({ [path]: value })).toEqual([expect.stringContaining(`\`${path}`)]);
  });

  it("is a job that the client cannot have", () => {
    expect(mistakes({ release: "olive", "jenkinsJobs.learners": {} })).toEqual([
      '`jenkinsJobs.learners` is {"timeoutMinutes":300,"arguments":[]}; olive has no Elasticsearch. Remove it.',
    ]);
    expect(mistakes({ "jenkinsJobs.problemResponses": {} })).toEqual([
      expect.stringContaining("its reports go into a bucket that the client does not have. Set `buckets.apiReports`"),
    ]);
    expect(
      mistakes({ release: "ficus", "buckets.apiReports": {}, "jenkinsJobs.problemResponses": {} }).filter((line) =>
        line.includes("jenkinsJobs"),
      ),
    ).toEqual([expect.stringContaining("the pipeline of ficus has no such task. Remove it.")]);
    expect(mistakes({ release: "olive", "jenkinsJobs.learners": false })).toEqual([]);
  });
});
