import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  AnalyticsDatabase,
  DataBucket,
  ElasticsearchDomain,
  EmrRdsSecurityGroup,
  EmrRoles,
  EmrSecurityGroups,
  emrInstanceStatements,
  GradesDownload,
  MysqlPasswords,
  Network,
  Peer,
  Port,
  ReportsUser,
  SecurityGroup,
} from "edx-analytics-aws/constructs";

/** A university's own stack, which knows nothing of client files. */
class LearningStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "AWS", { region: "eu-west-1" });
    const network = new Network(this, "Network", { name: "learning", vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] });

    // Who reaches whom
    const group = (name: string) =>
      new SecurityGroup(this, name, {
        vpc: network,
        name: `learning-${name}`,
        description: `${name} of the university`,
      });
    const [web, bastion, jump] = [group("Web"), group("Bastion"), group("Jump")];
    const office = SecurityGroup.fromSecurityGroupId(this, "Office", "sg-0a1b2c3d4e5f60718", { vpc: network });
    web.allowFrom(Peer.anyIpv4(), Port.HTTPS);
    web.allowFrom(bastion, Port.SSH);
    web.allowFrom(jump, Port.SSH);
    bastion.allowFrom(Peer.ipv4("203.0.113.0/24"), Port.SSH);
    office.allowFrom(web, Port.tcp(8080));

    // EMR and its database
    const emrRoles = new EmrRoles(this, "EmrRoles");
    const emr = new EmrSecurityGroups(this, "Emr", { vpc: network });
    const emrRds = new EmrRdsSecurityGroup(this, "EmrRds", { vpc: network });
    const database = new AnalyticsDatabase(this, "Database", {
      network,
      securityGroup: emrRds,
      iterations: { "1": { identifier: "learning", finalSnapshotIdentifier: "learning-final" } },
    });
    emr.allowSshFrom(web);
    emr.allowMysqlTo(emrRds);
    database.allowFrom(web);
    database.allowFrom(bastion);
    new MysqlPasswords(this, "Passwords", {
      passwords: {
        insights: { parameterName: "/learning/mysql/insights", version: 2 },
        pipeline: { parameterName: "/learning/mysql/pipeline", existing: true },
      },
      versionsParameterName: "/learning/mysql-versions",
    });

    // The learner index
    const search = new ElasticsearchDomain(this, "Search", { domainName: "learning-es", version: "7.10" });
    search.grantReadWrite(emrRoles.ec2Role);
    search.grantFullAccess(new IamUser(this, "ApiUser", { name: "learning-api" }));

    // Buckets, of which edxapp's own is another team's
    const reports = new DataBucket(this, "Reports", { bucketName: "learning-reports" });
    const { accessKey } = new ReportsUser(this, "ReportsReader", { userName: "learning-reports", bucket: reports });
    new TerraformOutput(this, "reports-key", { value: accessKey.secret, sensitive: true });
    const access = { region: "eu-west-1", accountId: "123456789012", read: [], readWrite: [reports] };
    emrRoles.addInlinePolicy("instances", {
      policyName: "learning-emr",
      statements: emrInstanceStatements(access),
    });
    const reader = { arn: "arn:aws:iam::123456789012:user/edxapp" };
    new GradesDownload(this, "Grades", { bucketName: "learning-edxapp", access: "new-policy", reader });
    const partner = new Construct(this, "Partner");
    new GradesDownload(partner, "Grades", { bucketName: "partner-edxapp", access: "merge-policy", reader });
    new GradesDownload(partner, "OldGrades", { bucketName: "partner-old-edxapp", access: "print", reader });
  }
}

const app = new App();
new LearningStack(app, "learning");
app.synth();
