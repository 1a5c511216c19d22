import { defineClient } from "edx-analytics-aws";

/**
 * The runbook literally: every value that "edX AWS Analytics Deployment" names, on the release of its day. It documents
 * and tests that the runbook can be reached; AWS has discontinued some of these values (`allowDiscontinued`), and a new client
 * starts from example.ts.
 */
export default defineClient({
  region: "us-east-1",
  accountId: "111122223333",
  release: "ficus",
  naming: "runbook",
  state: { bucket: "runbook-terraform-state" },

  network: {
    vpc: "default",
    zones: ["us-east-1a", "us-east-1b"],
    defaultSecurityGroup: true,
  },

  director: {
    keyPair: { existing: "director" },
    sshFrom: ["0.0.0.0/0"],
    instanceType: "t2.micro",
    diskGiB: 8,
    diskType: "gp2",
  },

  hosts: {
    keyPair: { existing: "analytics" },
    iterations: { "1": { instanceType: "t2.medium", diskGiB: 50, diskType: "gp2" } },
    securityGroup: { webFrom: ["0.0.0.0/0"] },
  },

  edxapp: {
    userArn: "arn:aws:iam::111122223333:user/edxapp",
    gradesBucket: { name: "runbook-edxapp", access: "new-policy" },
    database: { identifier: "edxapp", user: "edxapp", access: "print" },
  },

  database: {
    iterations: {
      "1": { engineVersion: "5.6", instanceClass: "db.t2.medium", storageType: "gp2", storageGiB: 5, encrypted: false },
    },
    backupRetentionDays: 14,
  },

  // `edxapp_ro` is made by the user that edxapp itself logs in as.
  mysql: { edxappAdmin: "edxapp" },

  elasticsearch: {
    version: "1.5",
    instanceType: "t2.small.elasticsearch",
    volumeGiB: 10,
    snapshotHourUtc: 0,
  },

  emr: {
    releaseLabel: "emr-4.7.2",
    instancePolicy: "AmazonElasticMapReduceforEC2Role",
    passRole: "any",
    elasticsearchAccess: "any",
  },

  buckets: { emrLogs: {}, hadoop: {}, apiReports: {} },

  allowDiscontinued: true,
});
