import { z } from "zod";
import { extra, line } from "./configuration-extra";
import { emrInstanceType } from "./emr-instance-type";
import { emailAddress, integer } from "./fields";

const email = emailAddress("analytics@example.org");

const url = z.string().refine(isOrigin, {
  error: "scheme and host name are required, as in `https://courses.example.org`. Leave out what comes behind them.",
});

function isOrigin(text: string): boolean {
  const [, host, port = "443"] = /^https?:\/\/([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  return z.hostname().safeParse(host).success && Number(port) >= 1 && Number(port) <= 65535;
}

const day = z.iso.date({ error: "a day is required, as in `2016-01-01`. Write year, month and day." });

/** GitHub's organisation of Open edX's own repositories, until they moved: GitHub leads on from there. */
export const openedxGitPath = "edx";

const emrPrivateKey = "/home/ubuntu/secure-config/analytics.pem";

/** https://git-scm.com/docs/git-check-ref-format */
const gitRef = line.regex(/^(?![-./])(?!.*(\.\.|\/\/|\/\.|@\{|\.lock(\/|$)|[./]$))[^\s~^:?*[\\]+$/, {
  error: "a branch or tag is required as git takes it, as in `main`. Correct it.",
});

/** A git repository of the pipeline's or of Jenkins'. */
const repository = z.strictObject({
  /** Address that it is cloned from, without a password or token in it. */
  url: line.regex(/^(https?|ssh|git):\/\/[^/\s-]\S*\/\S+$|^([\w.-]+@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?!\/\/)\S+$/, {
    error: "an address of git is required, as in `git@git.example.org:acme/secure.git` or `https://…`. Correct it.",
  }),
  /** Branch or tag. */
  version: gitRef,
});

/**
 * What the configuration files need that AWS does not know. No field is a secret, and none is required: what is
 * missing stands as `<MISSING …>` in the files, and is listed when they are rendered. docs/configuration-files.md has the secrets.
 */
export const configurationFiles = z
  .strictObject({
    /**
     * Address of the LMS, as in `https://courses.example.org`.
     * @default - missing
     */
    lmsUrl: url.optional(),
    /**
     * Address of Studio.
     * @default - missing
     */
    cmsUrl: url.optional(),
    /**
     * Address of Insights, whose DNS record leads to the Elastic IP, or to the load balancer.
     * @default - that of `dns.name`; missing without it
     */
    insightsUrl: url.optional(),
    /**
     * Address that users write to.
     * @default - missing
     */
    contactEmail: email.optional(),
    /**
     * Branch or tag of Open edX's repositories.
     * @default - `open-release/<release>.master`; missing from Redwood on, of which Analytics' repositories have no branch
     */
    openedxRelease: gitRef.optional(),
    /**
     * GitHub organisation that Open edX's repositories are cloned from.
     * @default "edx"
     */
    gitPath: line
      .regex(/^(?!-)[A-Za-z0-9-]{1,39}$/, {
        error: "an organisation's name is required, as in `edx`. Leave out the URL.",
      })
      .default(openedxGitPath),
    /**
     * Mail server of Insights and the Analytics API; the password is the parameter `email/password`.
     * @default - missing
     */
    email: z
      .strictObject({
        /** Host name. */
        host: line,
        /** User that logs in there. */
        user: line,
      })
      .optional(),
    /**
     * The hosts' own logs in S3; the secret access key is the parameter `s3-logs/secret-access-key`.
     * @default - they stay on the hosts
     */
    s3Logs: z
      .strictObject({
        /**
         * Bucket that they are written to.
         * @default - missing
         */
        bucket: line.optional(),
        /** Access key id of the user that writes them. */
        accessKeyId: z.string().regex(/^AKIA[A-Z0-9]{12,124}$/, {
          error: "an access key id of a user is required, which begins with AKIA. Its secret goes into SSM.",
        }),
        /** Who is told when they could not be written. */
        notifyEmail: email,
        /** Who tells it. */
        fromEmail: email,
      })
      .optional(),
    /**
     * Client ids of Insights in the LMS; their secrets are the parameters `insights/login-oauth2-secret` and
     * `insights/backend-oauth2-secret`.
     * @default - missing
     */
    oauth2: z
      .strictObject({
        /** Client id that users log in through. */
        loginKey: line,
        /**
         * Client id that Insights itself calls the LMS with from Juniper on, and the pipeline for problem response reports.
         * @default - missing where one of both is the case
         */
        backendKey: line.optional(),
      })
      .optional(),
    /**
     * How the LMS signs the tokens that the Analytics API takes from Hawthorn on, in the LMS's own settings; the secret is the
     * parameter `lms/jwt-secret-key`.
     * @default - missing from Hawthorn on
     */
    jwt: z
      .strictObject({
        /** Whom its tokens are for: `JWT_AUTH` of the LMS, `JWT_AUDIENCE`. */
        audience: line,
        /**
         * Whose they are: `JWT_AUTH` of the LMS, `JWT_ISSUER`.
         * @default - `<lmsUrl>/oauth2`
         */
        issuer: line.optional(),
      })
      .optional(),
    /**
     * Jenkins.
     * @default - the role's version
     */
    jenkins: z
      .strictObject({
        /**
         * Version of Jenkins, 2.176 or before: the role cannot set up a later one.
         * @default - the role's own, 1.651.3 from Hawthorn on
         */
        version: line.optional(),
        /**
         * Id that the jobs know the git credential by, whose private key is the parameter `jenkins/private-key`.
         * @default "github-deploy-key"
         */
        credentialId: line.default("github-deploy-key"),
        /**
         * User of the git credential.
         * @default "git"
         */
        gitUser: line.default("git"),
        /**
         * Path of the private key of `hosts.keyPair` on the director, which Jenkins logs in to EMR clusters with.
         * @default - `analytics.pem` in the clone of the secure repository, where OpenCraft's documentation has it
         */
        emrPrivateKey: line
          .regex(/^[^`]*$/, { error: "a path without back-ticks is required, as RUN.md names it. Rename the file." })
          .default(emrPrivateKey),
        /**
         * Common parameters of the jobs: YAML, or `@` and a file's path.
         * @default "" - none, as the role has it
         */
        commonVars: z.union([z.literal(""), line]).default(""),
      })
      .prefault({}),
    /**
     * The client's secure repository, which these files go into. Its `version` is a branch, which they are pushed to.
     * @default - missing
     */
    secureRepository: repository.optional(),
    /**
     * Scripts that make Jenkins' jobs with its Job DSL, which the role's seed job runs.
     * @default - none, and no seed job
     */
    jobsDslRepository: repository.optional(),
    /**
     * edx-analytics-configuration, which provisions EMR; outside us-east-1 a fork that knows the region.
     * @default - missing
     */
    configurationRepository: repository.optional(),
    /**
     * edx-analytics-pipeline, the tasks; outside us-east-1 a fork that knows the region.
     * @default - missing
     */
    pipelineRepository: repository.optional(),
    /**
     * First day of the tracking logs: start of intervals and of the calendar.
     * @default - missing
     */
    startDate: day.optional(),
    /**
     * Last day of the calendar.
     * @default "2040-01-01"
     */
    calendarEnd: day.default("2040-01-01"),
    /**
     * Name of EMR clusters, which each job may override.
     * @default - `<client> Analytics Cluster`
     */
    clusterName: line.optional(),
    /**
     * EMR's task instances, unless a job says otherwise.
     * @default - two m4.large
     */
    taskInstances: z
      .strictObject({
        /**
         * How many.
         * @default 2
         */
        count: integer({ min: 0, max: 1000 }, "Give the number of task instances").default(2),
        /**
         * EC2 instance type.
         * @default "m4.large"
         */
        type: emrInstanceType.default("m4.large"),
      })
      .prefault({}),
    /**
     * Version of the MySQL connector that Sqoop gets, as its archive in the bucket is called.
     * @default - 5.1.35, which the pipeline's documentation names; 5.1.47 where the database is MySQL 8
     */
    mysqlConnectorVersion: z
      .string()
      .regex(/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/, {
        error: "a version is required, as in `5.1.47`. Write the three numbers.",
      })
      .optional(),
    /**
     * Keys that the files have no other source for, or that win over what would be rendered. There is no secret among them:
     * secrets stand in `vars-analytics.extra.yml` and its like, beside the rendered files.
     * @default - none
     */
    extra,
  })
  .superRefine(({ startDate, calendarEnd }, context) => {
    if (startDate !== undefined && startDate >= calendarEnd) {
      const message = "it is not before `calendarEnd`, the last day of the calendar. Correct one of them.";
      context.addIssue({ code: "custom", path: ["startDate"], input: startDate, message });
    }
  });

export type ConfigurationFiles = z.output<typeof configurationFiles>;

/** The same as it is written in a client file. */
export type ConfigurationFilesInput = z.input<typeof configurationFiles>;
