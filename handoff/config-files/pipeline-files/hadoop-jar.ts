import { unzipSync } from "fflate";

/** Java of an EMR release by its major version, and the class files that it reads. */
const java: Readonly<Record<string, { readonly version: number; readonly classFile: number }>> = {
  "4": { version: 7, classFile: 51 },
  "5": { version: 8, classFile: 52 },
  "6": { version: 8, classFile: 52 },
  "7": { version: 17, classFile: 61 },
};

/** The class that `analytics-override.cfg` names. */
const needed = "org/edx/hadoop/input/ManifestTextInputFormat.class";

/** What is wrong with `edx-analytics-hadoop-util.jar` for clusters of an EMR release, as in `emr-4.9.6`. */
export function hadoopJarProblem(bytes: Uint8Array, emrRelease: string): string | undefined {
  const build = "Build it from edx-analytics-hadoop-util";
  let classes: Record<string, Uint8Array>;
  try {
    classes = unzipSync(bytes, { filter: ({ name }) => name.endsWith(".class") });
  } catch {
    return `is no jar. ${build}`;
  }
  if (classes[needed] === undefined) {
    return `has no ${needed}, which the pipeline reads manifests with. ${build}`;
  }
  const runs = java[/^emr-(\d)/.exec(emrRelease)?.[1] ?? ""];
  // Bytes 6 and 7 of a class file are its major version, 44 above Java's.
  const newest = Math.max(...Object.values(classes).map((file) => ((file[6] ?? 0) << 8) | (file[7] ?? 0)));
  return runs !== undefined && newest > runs.classFile
    ? `is built for Java ${newest - 44}, and ${emrRelease} runs Java ${runs.version}. ${build} with \`javac --release ${runs.version}\`, or with that Java`
    : undefined;
}
