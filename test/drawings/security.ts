import type { Diagram, Party, Way } from "../../handoff/diagram/diagram";

const boundary = "within CI's boundary";
const parties: readonly Party[] = [
  { id: "operator", title: "Operator", details: ["a person, SSO or a role"], owner: "outside" },
  { id: "pull-request", title: "Pull request", details: ["CI, on any branch"], owner: "outside" },
  { id: "main", title: "Approved main", details: ["CI, one environment"], owner: "outside" },
  { id: "hosts", title: "Analytics hosts", details: ["Jenkins, Insights"], owner: "outside" },
  { id: "cluster", title: "EMR cluster", details: ["its instances"], owner: "outside" },
  { id: "plan", title: "…-ci-plan", details: ["reads, and locks"], owner: "managed" },
  { id: "apply", title: "…-ci-apply", details: ["has a boundary of its own"], owner: "managed" },
  { id: "host-role", title: "edxanalytics", details: ["starts clusters"], owner: "managed", place: boundary },
  {
    id: "cluster-role",
    title: "EMR_EC2_DefaultRole",
    details: ["the client’s data"],
    owner: "managed",
    place: boundary,
  },
  { id: "state", title: "State and plans", details: ["bucket policy: Denies"], owner: "existing" },
  { id: "passwords", title: "Passwords", details: ["SSM, Secrets Manager"], owner: "existing" },
  { id: "resources", title: "The client’s resources", details: ["hosts, RDS, domain, roles"], owner: "existing" },
  { id: "data", title: "The client’s data", details: ["buckets, the domain’s index"], owner: "existing" },
  {
    id: "others",
    title: "Other owners’",
    details: ["edxapp’s RDS, other clients,", "CI’s roles, administrators"],
    owner: "existing",
  },
];

const way = (kind: Way["kind"], from: string, to: string): Way => ({ from, to, kind, what: [] });

export const security: Diagram = {
  title: "Who gets how far",
  legend: "dashed: allowed · dotted, with a bar: refused, whatever else IAM allows",
  parties,
  ways: [
    way("permission", "operator", "state"),
    way("permission", "pull-request", "plan"),
    way("permission", "main", "apply"),
    way("permission", "hosts", "host-role"),
    way("permission", "cluster", "cluster-role"),
    way("permission", "plan", "state"),
    way("permission", "plan", "passwords"),
    way("permission", "apply", "state"),
    way("permission", "apply", "resources"),
    way("permission", "cluster-role", "data"),
    way("refused", "host-role", "state"),
    way("refused", "cluster-role", "state"),
    way("refused", "apply", "others"),
    way("refused", "cluster-role", "others"),
  ],
};
