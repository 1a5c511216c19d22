/** Key of the tag by which Data Lifecycle Manager knows the hosts to back up. */
export const backupTagKey = "EdxAnalyticsBackups";
