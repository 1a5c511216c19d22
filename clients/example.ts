import { defineClient } from "edx-analytics-aws";

/**
 * A client on today's defaults, with the account to itself. Copy this file to clients/<name>.ts, whose name is the
 * client's, and work down the comments. The fields here have no safe default; the editor, or config/schema/, shows all
 * others with their defaults. `npm run synth` reports every mistake at once.
 */
export default defineClient({
  region: "eu-west-1",
  // The client's own account: Terraform refuses to touch any other.
  accountId: "123456789012",
  // Decides on MySQL 8.0, Elasticsearch 7.10 and Ubuntu 20.04; from Olive on there is no Elasticsearch.
  release: "nutmeg",
  // "runbook": analytics, edxanalytics, EMR RDS …; "prefixed": the same behind the client's name.
  naming: "prefixed",
  // `npx edx-analytics state example` creates this bucket before the first deploy.
  state: { bucket: "example-terraform-state" },

  // The default VPC; hosts and EMR are in the first zone, the database spans both.
  // Others: { vpc: "existing", vpcId, subnetId, databaseSubnetIds } and { vpc: "new", zones }.
  network: { vpc: "default", zones: ["eu-west-1a", "eu-west-1b"] },

  // A new director, and who may SSH to it. For an existing one: { existing: "sg-…" }, its security group.
  director: {
    keyPair: {
      publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA1mWtpnBBzwaYDEGR1BR6PYrfDHsL1yt5mPAUJFCZhP director@example",
    },
    sshFrom: ["203.0.113.0/24"],
  },

  // The host of Insights, the Analytics API and Jenkins. { existing: "name" } uses an existing key pair. An RSA key, as
  // from `ssh-keygen -t rsa -b 4096 -m PEM -N ''`: Jenkins reads no ed25519 key.
  hosts: {
    keyPair: {
      publicKey:
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC05QAppHy/946TbNPb8ZPM8KGDUOzSOr8wB3HimyJUOoIt1beXIK/iVGPAZq+JQIwd1UHBy9aPqkRzUFt77bIEaULPY0uNSzK4gdAs30V+cuU+aw/D5/CNxhYSOoLOP/6eyDuaa6nZZcmvWLngZi2edfsBESEqdm4WK8nZRxQTBoFHde6y36SgDA3fHmyho4UjUThsvvRTspL4Yv6LWVrgJE/TM1iyDJOShEJwzZfdY+rwl+bXXMuo/ldWyZWa1HcaYaSx+8rdCOnvIm6+2fMYsirEpPziXOriEshXmxOug6eQSK4fPQNBLnP7TEceK1B1wx1B1Pbd07ZKzeDlTxsH analytics@example",
    },
  },

  // The Open edX side that exists.
  edxapp: {
    // The user whose keys are EDXAPP_AWS_ACCESS_KEY_ID; it reads grades-download/*.
    userArn: "arn:aws:iam::123456789012:user/edxapp",
    // EDXAPP_GRADE_BUCKET, and how that user gets to read it: see config/schema/edxapp.ts before you choose another.
    gradesBucket: { name: "example-edxapp", access: "merge-policy" },
    // The RDS of edxapp, its MySQL user, and how EMR gets to reach it.
    database: { identifier: "example-edxapp", user: "edxapp001", access: "group-rules" },
  },
});
