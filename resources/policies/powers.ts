/** With each of these a caller makes itself an administrator, or has a service do what it may not. */
export const toAdministrator = [
  "iam:addusertogroup",
  "iam:attachgrouppolicy",
  "iam:attachrolepolicy",
  "iam:attachuserpolicy",
  "iam:createaccesskey",
  "iam:createloginprofile",
  "iam:createpolicyversion",
  "iam:createrole",
  "iam:deleterolepermissionsboundary",
  "iam:deleteuserpermissionsboundary",
  "iam:passrole",
  "iam:putgrouppolicy",
  "iam:putrolepermissionsboundary",
  "iam:putrolepolicy",
  "iam:putuserpermissionsboundary",
  "iam:putuserpolicy",
  "iam:setdefaultpolicyversion",
  "iam:updateassumerolepolicy",
  "iam:updateloginprofile",
  "sts:assumerole",
];

/** With each of these a caller runs what it likes as another one, or reads what is secret. */
export const ofOthers = [
  "acm:exportcertificate",
  "cloudformation:executechangeset",
  "cloudformation:updatestack",
  "codebuild:startbuild",
  "codebuild:updateproject",
  "codepipeline:startpipelineexecution",
  "ec2:associateiaminstanceprofile",
  "ec2:modifyinstanceattribute",
  "ec2-instance-connect:sendsshpublickey",
  "ecs:executecommand",
  "ecs:runtask",
  "events:puttargets",
  "glue:startjobrun",
  "glue:updatejob",
  "kms:decrypt",
  "lambda:invokefunction",
  "lambda:updatefunctioncode",
  "lambda:updatefunctionconfiguration",
  "secretsmanager:getsecretvalue",
  "ssm:getparameter",
  "ssm:getparameters",
  "ssm:getparametersbypath",
  "ssm:sendcommand",
  "ssm:startsession",
  "states:startexecution",
  "states:updatestatemachine",
];

/** What encrypts and decrypts with keys of KMS, and changes no key. */
export const withKeys = ["kms:decrypt", "kms:describekey", "kms:encrypt", "kms:generatedatakey*", "kms:reencrypt*"];

/** With each of these a caller leads what is meant for others elsewhere. */
export const toRedirect = [
  "elasticloadbalancing:createlistener",
  "elasticloadbalancing:createrule",
  "elasticloadbalancing:modifylistener",
  "elasticloadbalancing:modifyrule",
  "elasticloadbalancing:registertargets",
  "route53:changeresourcerecordsets",
  "sns:settopicattributes",
  "sns:subscribe",
];

/** With each of these a caller ends, changes or copies what is another one's. */
export const toEnd = [
  "dynamodb:getitem",
  "dynamodb:scan",
  "ec2:createsnapshot",
  "ec2:modifysnapshotattribute",
  "ec2:terminateinstances",
  "es:deleteelasticsearchdomain",
  "es:eshttpdelete",
  "es:eshttpget",
  "es:eshttppost",
  "es:eshttpput",
  "rds:deletedbinstance",
  "rds:modifydbinstance",
  "rds:modifydbsnapshotattribute",
  "rds:restoredbinstancefromdbsnapshot",
  "s3:deletebucketpolicy",
  "s3:deleteobject",
  "s3:putbucketpolicy",
  "s3:putlifecycleconfiguration",
];

/** On every bucket these reach the state's; on more of them than before, an existing policy may. */
export const ofBuckets = ["s3:getobject", "s3:putobject"];
