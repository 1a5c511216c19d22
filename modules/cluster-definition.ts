const failed = "TERMINATED_WITH_ERRORS";

/** Clusters that start, and such as end with errors. */
export const eventPattern = {
  source: ["aws.emr"],
  "detail-type": ["EMR Cluster State Change"],
  detail: { state: ["STARTING", failed] },
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language.html */
export function clusterWatchDefinition({
  hours,
  logsBucket,
  topicArn,
}: {
  readonly hours: number;
  readonly logsBucket: string;
  readonly topicArn: string;
}): object {
  const cluster = "$.described.Cluster";
  const publish = (message: string) => ({
    Type: "Task",
    Resource: "arn:aws:states:::sns:publish",
    Parameters: {
      TopicArn: topicArn,
      "Message.$": `States.Format('${message}', ${cluster}.Name, ${cluster}.Id, ${cluster}.Status.State)`,
    },
    ResultPath: null,
  });
  return {
    Comment: "Reports an EMR cluster that ended with errors, or still runs after some hours",
    StartAt: "Event",
    States: {
      Event: {
        Type: "Choice",
        Choices: [{ Variable: "$.detail.state", StringEquals: "STARTING", Next: "Wait" }],
        Default: "Describe",
      },
      Wait: { Type: "Wait", Seconds: hours * 3600, Next: "Describe" },
      Describe: {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:emr:describeCluster",
        Parameters: { "ClusterId.$": "$.detail.clusterId" },
        ResultPath: "$.described",
        Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 60, MaxAttempts: 5, BackoffRate: 2 }],
        Next: "Cluster",
      },
      Cluster: {
        Type: "Choice",
        Choices: [
          // Apart from the next, as a rule that reads what is missing fails.
          { Variable: `${cluster}.LogUri`, IsPresent: false, Next: "Done" },
          { Not: { Variable: `${cluster}.LogUri`, StringMatches: `*://${logsBucket}/*` }, Next: "Done" },
          { Variable: "$.detail.state", StringEquals: failed, Next: "Failed" },
          { Variable: `${cluster}.Status.State`, StringMatches: "TERMINATED*", Next: "Done" },
        ],
        Default: "Running",
      },
      Running: {
        ...publish(`EMR cluster {} ({}) still runs after ${hours} hours: {}. If no task needs it, terminate it.`),
        Next: "Wait",
      },
      Failed: { ...publish("EMR cluster {} ({}) ended with errors: {}. Its job in Jenkins says why."), End: true },
      Done: { Type: "Succeed" },
    },
  };
}
