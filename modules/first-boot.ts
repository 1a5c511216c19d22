/** The runbook upgrades all packages by hand after the first boot; cloud-init does it during that boot. */
export const upgradeAtFirstBoot = "#cloud-config\npackage_update: true\npackage_upgrade: true\n";
