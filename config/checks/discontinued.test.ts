import { type Changes, mistakes } from "../../test/client-files";

describe("a value that AWS has discontinued", () => {
  const discontinued: [Changes, string[]][] = [
    [
      { "database.iterations": { "1": { engineVersion: "5.6.51" } } },
      ['`database.iterations.1.engineVersion` is "5.6.51"; RDS has discontinued MySQL 5.6. Choose "5.7" or "8.0".'],
    ],
    [
      { "database.iterations": { "1": { engineVersion: "5.6" } } },
      ['`database.iterations.1.engineVersion` is "5.6"; RDS has discontinued MySQL 5.6. Choose "5.7" or "8.0".'],
    ],
    [
      { "database.iterations": { "1": { instanceClass: "db.t2.medium" } } },
      [
        '`database.iterations.1.instanceClass` is "db.t2.medium"; RDS has discontinued db.t2. Choose a current class, as in "db.t3.medium".',
      ],
    ],
    [
      { "database.iterations": { "1": { instanceClass: "db.m3.medium" } } },
      [
        '`database.iterations.1.instanceClass` is "db.m3.medium"; RDS has discontinued db.m3. Choose a current class, as in "db.t3.medium".',
      ],
    ],
    [
      { "database.iterations": { "1": { storageGiB: 5, storageType: "gp2" } } },
      ["`database.iterations.1.storageGiB` is 5; gp2 starts at 20. Set 20 or more."],
    ],
    [
      { "database.iterations": { "1": { storageGiB: 5 } } },
      ["`database.iterations.1.storageGiB` is 5; gp3 starts at 20. Set 20 or more."],
    ],
    [
      { "emr.releaseLabel": "emr-4.7.2" },
      [
        '`emr.releaseLabel` is "emr-4.7.2"; its SigV2 is refused by buckets made since 2020-06-24, as example-analytics-emr, example-edxanalytics would be. Choose "emr-4.9.6", or use existing buckets.',
      ],
    ],
  ];

  it.each(["db.t1", "db.m1", "db.m2", "db.m4", "db.r3", "db.r4", "db.cr1"])("is any class of %s", (family) => {
    expect(mistakes({ "database.iterations": { "1": { instanceClass: `${family}.large` } } })).toEqual([
      expect.stringContaining(`RDS has discontinued ${family}.`),
    ]);
  });

  it.each(["emr-4.7.4", "emr-4.8.5", "emr-4.10.1", "emr-5.9.1", "emr-5.22.0", "emr-5.36.0", "emr-6.0.0"])(
    "is not %s, which signs with SigV4",
    (releaseLabel) => {
      expect(mistakes({ "emr.releaseLabel": releaseLabel })).toEqual([]);
    },
  );

  it.each(["emr-4.6.1", "emr-4.7.3", "emr-4.8.4", "emr-4.9.5", "emr-4.10.0", "emr-5.0.3", "emr-5.9.0", "emr-5.21.1"])(
    "is %s, which does not",
    (releaseLabel) => {
      expect(mistakes({ "emr.releaseLabel": releaseLabel })).toEqual([expect.stringContaining("its SigV2 is refused")]);
    },
  );

  it.each(discontinued)("is a mistake: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });

  it.each(discontinued)("is none with allowDiscontinued: %j", (changes) => {
    expect(mistakes({ ...changes, allowDiscontinued: true })).toEqual([]);
  });

  it("is none for EMR where all its buckets exist", () => {
    expect(
      mistakes({
        "emr.releaseLabel": "emr-4.7.2",
        "buckets.emr": { existing: "emr-by-hand" },
        "buckets.edxanalytics": { existing: "edxanalytics-by-hand" },
      }),
    ).toEqual([]);
  });
});
