/**
 * The steps of OpenCraft's runbook "edX AWS Analytics Deployment" by its sections, in its order.
 * docs/runbook-map.md says of each what does it.
 */
export const runbookSteps: readonly { readonly section: string; readonly steps: readonly string[] }[] = [
  {
    section: "Prerequisites",
    steps: [
      "A working edxapp with its MySQL database",
      "`ENABLE_OAUTH2_PROVIDER` is true",
      "Tracking logs are rotated into an S3 bucket",
      "A director with `edx/configuration` and its dependencies",
    ],
  },
  {
    section: "General Security Considerations",
    steps: [
      "Each set of instances has its own SSH key pair",
      "Port 8080 of Jenkins is closed to the world before Jenkins is installed",
    ],
  },
  {
    section: "Sensitive Data",
    steps: [
      "`analytics.pem`",
      "`vars-analytics.yml`",
      "`analytics-tasks/jenkins_env`",
      "`analytics-tasks/emr-vars.yml`",
      "`analytics-tasks/analytics-override.cfg`",
      "`analytics-tasks/edxapp_creds`",
      "`analytics-tasks/edxanalytics_creds`",
    ],
  },
  {
    section: "AWS Resources",
    steps: ["One EC2 instance, or one for each service with a common group"],
  },
  {
    section: "Provision EMR Clusters",
    steps: ["The policy `provision_emr_clusters`", "The role `edxanalytics` for EC2, with that policy"],
  },
  {
    section: "ElasticSearch User and Role",
    steps: [
      "The user `analytics_elasticsearch` with programmatic access and no policy",
      "Its access key goes into `vars-analytics.yml`",
      "Its ARN is noted for the domain",
      "The policy `elasticsearch_all`",
    ],
  },
  {
    section: "VPC DNS hostname",
    steps: ["DNS hostnames are on in the VPC", "An Internet gateway is attached and in the route table"],
  },
  {
    section: "Analytics Security Group",
    steps: ["The group `analytics`", "SSH from `director`", "HTTP from anywhere", "HTTPS from anywhere"],
  },
  {
    section: "EMR Roles",
    steps: [
      "A throwaway cluster makes EMR's roles and groups",
      "`EMR_DefaultRole`",
      "`EMR_EC2_DefaultRole`",
      "`ElasticMapReduce-master`",
      "`ElasticMapReduce-slave`",
      "`elasticsearch_all` is attached to `EMR_EC2_DefaultRole`",
    ],
  },
  {
    section: "EMR Security Groups",
    steps: [
      "SSH from `analytics` to the EMR master",
      "The group `EMR RDS`",
      "MySQL from `ElasticMapReduce-master`",
      "MySQL from `ElasticMapReduce-slave`",
    ],
  },
  {
    section: "`grades-download` Permissions",
    steps: ["The edxapp user reads `grades-download` of the edxapp bucket"],
  },
  {
    section: "Analytics API Reports",
    steps: [
      "The user `analytics_reports`",
      "Its access key goes into `vars-analytics.yml`",
      "Its inline policy `s3-read-analytics-reports`",
    ],
  },
  {
    section: "VPC Subnet",
    steps: ["One of the VPC's subnets is `vpc_subnet_id` of `emr-vars.yml`"],
  },
  {
    section: "ElasticSearch",
    steps: [
      "The domain in the region of EC2",
      "Version, node, storage, snapshot hour and advanced option",
      "Full access for `analytics_elasticsearch`",
      "Its endpoint goes into `vars-analytics.yml` and `analytics-override.cfg`",
    ],
  },
  {
    section: "EC2",
    steps: [
      "The image of Ubuntu",
      "`t2.medium` in the default VPC",
      "The role `edxanalytics`, which was easily forgotten",
      "50 GB of storage",
      "The `Name` tag `analytics-N`",
      "The groups `default` and `analytics`",
      "The key pair `analytics`",
      "Insights listens on 80 and 443 by `INSIGHTS_NGINX_PORT`",
      "SSH into the instance",
      "All updates are installed",
    ],
  },
  {
    section: "Director EC2",
    steps: [
      "A `t2.micro` with 8 GB and a similar Ubuntu",
      "The group `director` with SSH from anywhere",
      "Ansible is set up on the director",
    ],
  },
  {
    section: "RDS",
    steps: [
      "A new `analytics` RDS instance, and a new one for an upgrade",
      "`EMR RDS` on the analytics RDS",
      "`EMR RDS` on the edxapp RDS",
      "The RDS instance is tested from the Insights host",
    ],
  },
  {
    section: "Create analytics databases and user",
    steps: [
      "The databases `dashboard`, `analytics-api` and `reports`",
      "The user `analytics` and its grants",
      "The credentials go into `vars-analytics.yml` and `edxanalytics_creds`",
    ],
  },
  {
    section: "Create migration user",
    steps: ["A user with edxapp's name and password, and its grants"],
  },
  {
    section: "Create edxapp read-only user",
    steps: ["`edxapp_ro` on the edxapp server", "Its credentials go into `edxapp_creds`"],
  },
  {
    section: "Elastic IP",
    steps: ["An Elastic IP on the Insights host"],
  },
  {
    section: "S3",
    steps: [
      "`client-name-tracking-logs`",
      "`client-name-analytics-emr`",
      "`client-name-analytics-emr-logs`",
      "The files of the configuration bucket",
      "`client-name-edxanalytics`",
      "`client-name-edxanalytics-hadoop`",
      "The files of the pipeline bucket",
      "`client-name-analytics-api-reports`",
    ],
  },
  {
    section: "Insights/Analytics API Setup",
    steps: [
      "The director's virtual environment and the folder of the playbooks",
      "A playbook for each service",
      "The secure repository is cloned on the director",
      "`ANALYTICS_API_NGINX_PORT` and `ANALYTICS_API_ENDPOINT` where each service has a host",
      "Ansible runs with the variables and the key",
      "Insights' OAuth client in the LMS",
      "The pipeline's OAuth client, for problem response reports",
      "Insights answers, and users log in by the LMS",
      "The default of `passing_users` after the first enrollments",
      "Waffle flags and switches",
    ],
  },
  {
    section: "Jenkins Setup",
    steps: [
      "Ansible installs Jenkins on port 8080, without the seed job",
      "The SSH key of the EMR masters is a credential of Jenkins'",
      "Jenkins is reached through an SSH tunnel",
      "The administrator's e-mail address, and three executors",
      "`/home/jenkins` with `jenkins_env`, `emr-vars.yml` and `analytics-override.cfg`",
      "The clones `analytics-configuration` and `analytics-tasks` there",
      "A job for each task, with time-out, log rotation, SSH agent, `Traceback` check and mail",
      "A `CLUSTER_NAME` of its own for each job",
      "The task of each job, and its schedule",
      "The historical runs, enrollments first",
    ],
  },
];
