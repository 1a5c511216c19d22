import { defineClient } from "edx-analytics-aws";

/**
 * Every option that runs without anything else: HTTPS by a load balancer, backups, alarms and a budget, Session Manager, a host for
 * each service, CI for all stacks, and complete configuration files. It shows how each is written; a new client starts from
 * example.ts, and takes from here what it needs.
 */
export default defineClient({
  region: "us-west-2",
  accountId: "345678901234",
  release: "nutmeg",
  naming: "prefixed",
  state: { bucket: "complete-terraform-state" },

  network: { vpc: "default", zones: ["us-west-2a", "us-west-2b"] },

  // Port 22 of the director is closed; Session Manager reaches the hosts.
  sessionManager: true,
  director: {
    keyPair: { existing: "complete-director" },
    sshFrom: [],
    // It has Ansible when somebody first logs in: docs/from-deploy-to-insights.md.
    firstBoot: "install",
    passwordReader: {},
  },

  hosts: {
    keyPair: { existing: "complete-analytics" },
    iterations: { "1": { layout: "separate", instanceType: "t3.large", diskGiB: 100 } },
    backups: { retentionDays: 30, hourUtc: 4 },
  },

  // docs/https.md: the zone is one of the client's account.
  dns: { zone: "complete.example", name: "insights.complete.example" },
  tls: { on: "load-balancer" },

  edxapp: {
    userArn: "arn:aws:iam::345678901234:user/complete-edxapp",
    gradesBucket: { name: "complete-edxapp", access: "merge-policy" },
    database: { identifier: "complete-edxapp", user: "edxapp001", access: "group-rules" },
  },

  database: {
    iterations: { "1": { instanceClass: "db.m5.large", storageGiB: 100, maxStorageGiB: 500, multiAz: true } },
    backupRetentionDays: 35,
    backupWindow: "05:00-05:30",
    maintenanceWindow: "sun:06:00-sun:07:00",
  },
  // The databases stack creates `edxapp_ro` as this user.
  mysql: { edxappAdmin: "admin" },

  elasticsearch: { volumeGiB: 35, applicationLogs: {}, vpc: {}, snapshotHourUtc: 3 },
  emr: { servicePolicy: "v2" },
  buckets: { emrLogs: {}, hadoop: {}, apiReports: {}, expireAfterDays: 30 },

  // docs/alarms.md
  alarms: { emails: ["ops@complete.example"], clusterHours: 8, monthlyBudgetUsd: 1500 },

  // docs/ci.md
  ci: { gitlab: { project: "complete/infrastructure", databases: true } },

  // docs/configuration-files.md: no secrets.
  configurationFiles: {
    lmsUrl: "https://courses.complete.example",
    cmsUrl: "https://studio.complete.example",
    contactEmail: "analytics@complete.example",
    email: { host: "smtp.complete.example", user: "analytics" },
    oauth2: { loginKey: "insights-sso", backendKey: "insights-backend" },
    jwt: { audience: "lms-key" },
    secureRepository: { url: "git@git.complete.example:edx/secure.git", version: "main" },
    configurationRepository: {
      url: "https://git.complete.example/edx/edx-analytics-configuration.git",
      version: "us-west-2",
    },
    pipelineRepository: { url: "https://git.complete.example/edx/edx-analytics-pipeline.git", version: "us-west-2" },
    startDate: "2020-01-01",
  },

  // docs/jenkins.md
  jenkinsJobs: {
    email: "ops@complete.example",
    videos: false,
    studentEngagementDaily: {},
    studentEngagementWeekly: {},
  },

  tags: { CostCentre: "learning", Owner: "ops@complete.example" },
});
