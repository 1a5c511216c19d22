import { mistakes } from "../../test/client-files";

const long = (length: number) => "a".repeat(length);
const repository = (url: string, version = "main") => ({ "configurationFiles.secureRepository": { url, version } });
const peering = (cidr: string) => ({
  network: {
    vpc: "new",
    cidr: "192.168.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b"],
    peering: { vpcId: "vpc-0a1b2c3d", cidr, routeTableIds: ["rtb-0a1b2c3d"] },
  },
  "edxapp.database.access": "cidr-rules",
});
const someRanges = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.${index >> 8}.${index % 256}.0/24`);
const tls = (files: object) => ({
  tls: { on: "host", certificate: "/etc/insights.pem", privateKey: "/etc/insights.key", ...files },
  "configurationFiles.insightsUrl": "https://insights.example.org",
});
const server = (address: string) => ({
  "edxapp.database": { address, securityGroupIds: ["sg-0a1b2c3d"], user: "edxapp", access: "group-rules" },
});
const schedule = (text: string) => ({ "jenkinsJobs.enrollments": { schedule: text } });
const extra = (file: string, values: object) => ({ "configurationFiles.extra": { [file]: values } });

describe("what AWS, git or a file's reader would refuse", () => {
  it.each<[object, string]>([
    [{ region: "eu-west-9" }, "region"],
    [{ region: "cn-north-1" }, "region"],
    [{ region: "constructor" }, "region"],
    [{ "emr.releaseLabel": "emr-4.9.06" }, "emr.releaseLabel"],
    [{ "emr.releaseLabel": "emr-04.9.6" }, "emr.releaseLabel"],
    [{ "director.passwordReader": { roleName: "AWSServiceRoleForX" } }, "director.passwordReader.roleName"],
    [{ "configurationFiles.openedxRelease": "../../x" }, "configurationFiles.openedxRelease"],
    [{ "configurationFiles.openedxRelease": "-b" }, "configurationFiles.openedxRelease"],
    [{ "configurationFiles.openedxRelease": "a b" }, "configurationFiles.openedxRelease"],
    [repository("https://git.example.org/x.git", "a..b"), "configurationFiles.secureRepository.version"],
    [repository("https://git.example.org/x.git", "a.lock"), "configurationFiles.secureRepository.version"],
    [{ tags: { "ＡＷＳ:x": "y" } }, "tags.ＡＷＳ:x"],
    [{ tags: { Ｃｌｉｅｎｔ: "y" } }, "tags.Ｃｌｉｅｎｔ"],
    [{ "configurationFiles.contactEmail": `${long(65)}@example.org` }, "configurationFiles.contactEmail"],
    [{ alarms: { emails: [`${long(65)}@example.org`] } }, "alarms.emails.0"],
    [{ "jenkinsJobs.email": `${long(65)}@example.org` }, "jenkinsJobs.email"],
    [tls({ certificate: "/a/`id`.pem" }), "tls.certificate"],
    [{ ci: { gitlab: { project: "a/b", host: "localhost.localdomain" } } }, "ci.gitlab.host"],
    [{ accountId: "000000000000" }, "accountId"],
    [{ "edxapp.userArn": `arn:aws:iam::123456789012:user/${long(65)}` }, "edxapp.userArn"],
    [{ "edxapp.userArn": `arn:aws:iam::123456789012:user/${"p/".repeat(257)}x` }, "edxapp.userArn"],
    [{ "edxapp.userArn": "arn:aws:iam::123456789012:user//x" }, "edxapp.userArn"],
    [{ deployRoleArn: `arn:aws:iam::123456789012:role/${long(65)}` }, "deployRoleArn"],
    [{ "state.keyPrefix": "a/../b" }, "state.keyPrefix"],
    [{ "state.keyPrefix": "a//b" }, "state.keyPrefix"],
    [{ "state.keyPrefix": "a/./b" }, "state.keyPrefix"],
    [peering("0.0.0.0/0"), "network.peering.cidr"],
    [peering("10.0.0.0/7"), "network.peering.cidr"],
    [peering("172.31.0.0/29"), "network.peering.cidr"],
    [peering("127.0.0.0/16"), "network.peering.cidr"],
    [peering("169.254.0.0/16"), "network.peering.cidr"],
    [peering("224.0.0.0/16"), "network.peering.cidr"],
    [{ tags: { Team: "1", team: "2" } }, "tags.team"],
    [{ tags: { "rds:x": "1" } }, "tags.rds:x"],
    [{ tags: { Team: "aws:x" } }, "tags.Team"],
    [{ tags: { " Team": "x" } }, "tags. Team"],
    [{ "director.name": " a" }, "director.name"],
    [{ "director.securityGroup.name": "a " }, "director.securityGroup.name"],
    [{ "director.keyPair": { existing: " a" } }, "director.keyPair.existing"],
    [{ "director.instanceType": "t3.huge" }, "director.instanceType"],
    [{ "director.instanceType": "mac1.metal" }, "director.instanceType"],
    [{ "director.instanceType": "m5.0xlarge" }, "director.instanceType"],
    [{ "director.instanceType": "t1.micro" }, "director.instanceType"],
    [{ "director.instanceType": "m1.small" }, "director.instanceType"],
    [{ "hosts.iterations": { "1": { instanceType: "t3.12xlarge" } } }, "hosts.iterations.1.instanceType"],
    [{ "hosts.iterations": { "1": { instanceType: "t3a.4xlarge" } } }, "hosts.iterations.1.instanceType"],
    [{ "database.iterations": { "1": { instanceClass: "db.t3.24xlarge" } } }, "database.iterations.1.instanceClass"],
    [{ "buckets.emr": { name: "acme-emr-123456789012-eu-west-1-an" } }, "buckets.emr.name"],
    [{ "edxapp.userArn": "arn:aws:iam::123456789012:role/aws-service-role/rds.amazonaws.com/X" }, "edxapp.userArn"],
    [{ "edxapp.database.user": "\u0435dxapp" }, "edxapp.database.user"],
    [{ "mysql.edxappAdmin": "rdsadmin" }, "mysql.edxappAdmin"],
    [server("localhost"), "edxapp.database.address"],
    [server("localhost.localdomain"), "edxapp.database.address"],
    [{ "database.iterations": { "1": { engineVersion: "5.7.044" } } }, "database.iterations.1.engineVersion"],
    [{ "configurationFiles.mysqlConnectorVersion": "5.1.047" }, "configurationFiles.mysqlConnectorVersion"],
    [{ "configurationFiles.jenkins": { emrPrivateKey: "/home/`id`.pem" } }, "configurationFiles.jenkins.emrPrivateKey"],
    [server("db.LOCALHOST"), "edxapp.database.address"],
    [server("127.0.0.1"), "edxapp.database.address"],
    [schedule("0 0 30 2 *"), "jenkinsJobs.enrollments.schedule"],
    [schedule("H H 31 4,6 *"), "jenkinsJobs.enrollments.schedule"],
    [schedule("H H H(30-31) 2 1"), "jenkinsJobs.enrollments.schedule"],
    [schedule("0 0 31 2-6/2 *"), "jenkinsJobs.enrollments.schedule"],
    [schedule("0 0 32 2 *"), "jenkinsJobs.enrollments.schedule"],
    [{ "director.sshFrom": someRanges(491) }, "director.sshFrom"],
    [{ "hosts.securityGroup": { webFrom: someRanges(491) } }, "hosts.securityGroup.webFrom"],
    [{ "configurationFiles.taskInstances": { type: "m4.1xlarge" } }, "configurationFiles.taskInstances.type"],
    [{ "database.iterations": { "1": { instanceClass: "db.m5.01xlarge" } } }, "database.iterations.1.instanceClass"],
    [
      { "director.additionalSecurityGroupIds": Array.from({ length: 15 }, (_, index) => `sg-0a1b2c${index + 10}`) },
      "director.additionalSecurityGroupIds",
    ],
    [{ "database.iterations": { "1": { instanceClass: "db.t3.huge" } } }, "database.iterations.1.instanceClass"],
    [{ "database.subnetGroup": { existing: "a " } }, "database.subnetGroup.existing"],
    [{ "edxapp.database.user": "mysql.sys" }, "edxapp.database.user"],
    [{ "edxapp.database.user": "a\u0000b" }, "edxapp.database.user"],
    [{ "edxapp.database.user": "edxapp_ro" }, "edxapp.database.user"],
    [{ "mysql.edxappAdmin": "edxapp_ro" }, "mysql.edxappAdmin"],
    [{ "elasticsearch.instanceType": "t2.large.elasticsearch" }, "elasticsearch.instanceType"],
    [{ "elasticsearch.instanceType": "m4.3xlarge.elasticsearch" }, "elasticsearch.instanceType"],
    [{ elasticsearch: { instanceType: "m6g.large.elasticsearch", version: "7.8" } }, "elasticsearch.instanceType"],
    [{ elasticsearch: { instanceType: "m5.large.elasticsearch", volumeGiB: 513 } }, "elasticsearch.volumeGiB"],
    [{ "ci.github": { repository: "a/.." } }, "ci.github.repository"],
    [{ "ci.github": { repository: `${long(40)}/b` } }, "ci.github.repository"],
    [{ "ci.github": { repository: "a/b", branch: "a..b" } }, "ci.github.branch"],
    [{ "ci.github": { repository: "a/b", branch: "a.lock" } }, "ci.github.branch"],
    [{ "ci.github": { repository: "a/b", branch: "refs/heads/main" } }, "ci.github.branch"],
    [{ "ci.github": { repository: "a/b", branch: "HEAD" } }, "ci.github.branch"],
    [{ "ci.github": { repository: "a/b.git" } }, "ci.github.repository"],
    [{ "ci.github": { repository: "a@1/b.git@2" } }, "ci.github.repository"],
    [{ "ci.github": { repository: "a-/b" } }, "ci.github.repository"],
    [{ "ci.gitlab": { project: "a/b", host: "-x.org" } }, "ci.gitlab.host"],
    [{ "ci.gitlab": { project: "a/b", host: "10.0.0.1" } }, "ci.gitlab.host"],
    [{ "ci.gitlab": { project: "a/b", host: "token.actions.githubusercontent.com" } }, "ci.gitlab.host"],
    [{ "ci.gitlab": { project: "a/b.git" } }, "ci.gitlab.project"],
    [{ "ci.gitlab": { project: "a/b." } }, "ci.gitlab.project"],
    [{ "alarms.emails": ["a@example.org", "A@example.org"] }, "alarms.emails"],
    [{ "director.sshFrom": ["127.0.0.1/32"] }, "director.sshFrom.0"],
    [{ "director.sshFrom": ["224.0.0.0/4"] }, "director.sshFrom.0"],
    [{ "hosts.securityGroup.webFrom": ["240.0.0.0/4"] }, "hosts.securityGroup.webFrom.0"],
    [tls({ certificate: "/a/" }), "tls.certificate"],
    [tls({ certificate: "/{{lookup('env','X')}}" }), "tls.certificate"],
    [tls({ privateKey: "/$(id)" }), "tls.privateKey"],
    [tls({ privateKey: "/etc/insights.pem" }), "tls.privateKey"],
    [{ "configurationFiles.lmsUrl": "https://-x" }, "configurationFiles.lmsUrl"],
    [{ "configurationFiles.lmsUrl": "https://x.org:65536" }, "configurationFiles.lmsUrl"],
    [{ "configurationFiles.lmsUrl": "https://x..org" }, "configurationFiles.lmsUrl"],
    [{ "configurationFiles.gitPath": "https://github.com/edx" }, "configurationFiles.gitPath"],
    [{ "configurationFiles.startDate": "2050-01-01" }, "configurationFiles.startDate"],
    [{ "configurationFiles.taskInstances": { type: "m4" } }, "configurationFiles.taskInstances.type"],
    [repository("not a url"), "configurationFiles.secureRepository.url"],
    [repository("--upload-pack=x"), "configurationFiles.secureRepository.url"],
    [repository("git@git.example.org:acme", "a b"), "configurationFiles.secureRepository.version"],
    [extra("analyticsOverride", { "a]": { b: "c" } }), "configurationFiles.extra.analyticsOverride.a]"],
    [extra("analyticsOverride", { a: { b: "c ;d" } }), "configurationFiles.extra.analyticsOverride.a.b"],
    [extra("varsAnalytics", { A: "\u0000" }), "configurationFiles.extra.varsAnalytics.A"],
    [extra("varsAnalytics", { A: { "b\nc": 1 } }), "configurationFiles.extra.varsAnalytics.A"],
    [extra("emrVars", { A: ["\ud800"] }), "configurationFiles.extra.emrVars.A.0"],
  ])("is the one mistake of its field: %j", (changes, path) => {
    expect(mistakes(changes as Record<string, unknown>).map((line) => line.split("`")[1])).toEqual([path]);
  });

  it("is said where two rules of one field are against it", () => {
    const network = { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"], cidr: "0.0.0.0/0" };

    expect(mistakes({ network, "edxapp.database.access": "print" })).toEqual([
      expect.stringContaining('`network.cidr` is "0.0.0.0/0"; a VPC is /16 to /24 here'),
      expect.stringContaining('`network.cidr` is "0.0.0.0/0"; a private range is required'),
    ]);
  });

  it.each([
    [{ "database.iterations": { "1": { masterPassword: "hunter2" } } }, "database.iterations.1.masterPassword"],
    [{ "mysql.passwords.analytics": "hunter2hunter2" }, "mysql.passwords.analytics"],
    [{ "mysql.passwords.edxapp_ro": { version: "hunter2" } }, "mysql.passwords.edxapp_ro.version"],
  ])("shows no password on whatever level: %j", (changes, path) => {
    expect(mistakes(changes)).toEqual([expect.stringContaining(`\`${path}\` is text that is not shown; `)]);
  });

  it.each<[unknown, string]>([
    [12n, '12n; text is required. Put it in quotes, as in `"eu-west-1"`.'],
    [() => "eu-west-1", 'a function; text is required. Put it in quotes, as in `"eu-west-1"`.'],
  ])("says of what is no text that it is none: %s", (region, message) => {
    expect(mistakes({ region })[0]).toBe(`\`region\` is ${message}`);
  });

  it("says of a control character in free text what it is", () => {
    expect(mistakes(extra("varsAnalytics", { A: "\u0007" }))).toEqual([
      '`configurationFiles.extra.varsAnalytics.A` is "\\u0007"; text without control characters is allowed, but for line ends and tabs. Take them out.',
    ]);
  });

  it("says of a text of a million letters what is wrong with it, at once", () => {
    expect(mistakes({ "mysql.edxappAdmin": long(1_000_000) })).toHaveLength(1);
  });

  it("shows no password that stands where a word is wanted", () => {
    expect(mistakes({ "database.iterations": { "1": { masterPassword: "hunter2hunter2" } } })).toEqual([
      '`database.iterations.1.masterPassword` is text that is not shown; "managed" or { existing: true } is allowed. Choose one.',
    ]);
  });

  it.each([
    peering("10.0.0.0/8"),
    peering("172.31.0.0/28"),
    { "director.sshFrom": someRanges(490) },
    { "director.sshFrom": ["0.0.0.0/0", "10.0.0.0/8", "203.0.113.7/32"] },
    { "ci.github": { repository: "acme/infra.github.io", branch: "release/HEAD" } },
    tls({}),
    { "director.instanceType": "u-3tb1.56xlarge" },
    { "director.instanceType": "t2.2xlarge", "hosts.iterations": { "1": { instanceType: "m5.24xlarge" } } },
    { "database.iterations": { "1": { instanceClass: "db.t3.2xlarge" } } },
    { "buckets.emr": { name: "acme-plan" }, "buckets.edxanalytics": { existing: "acme-123456789012-eu-west-1-an" } },
    { "mysql.edxappAdmin": "root" },
    { "edxapp.database.user": "едхапп" },
    server("mysql.localhost.example.org"),
    server("10.127.0.1"),
    schedule("0 0 29 2 *"),
    schedule("0 0 29-31 2 *"),
    schedule("H H 31 */2 *"),
    schedule("0 0 31 4,5 *"),
    schedule("@monthly"),
    { "state.keyPrefix": "a" },
    { "state.keyPrefix": "team.a/acme" },
    { "edxapp.userArn": `arn:aws:iam::123456789012:user/${long(64)}` },
    { "edxapp.userArn": "arn:aws:iam::123456789012:user/open/edx/edxapp" },
    { tags: { Team: "1", Teams: "2" } },
    { "configurationFiles.lmsUrl": "http://localhost:8000" },
    repository("https://git.example.org/acme/secure.git", "release/1.0"),
    extra("varsAnalytics", { A: "two\nlines", B: [1, { C: null }] }),
  ])("is none of: %j", (changes) => {
    expect(mistakes(changes as Record<string, unknown>)).toEqual([]);
  });
});
