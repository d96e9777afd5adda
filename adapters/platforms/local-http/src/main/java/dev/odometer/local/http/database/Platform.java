package dev.odometer.local.http.database;

import dev.odometer.functions.refusal.StartRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An operating system and a processor, for which PostgreSQL's programs are compiled.
 *
 * @param name as in {@code -Dpostgres.platform} of the build and in the names of the released jars
 * @param archive the name of the programs in the class path; empty if there are none in any release
 */
record Platform(String name, String archive) {

    private static final String DEFAULT = "linux-amd64";
    private static final List<Platform> RELEASED = List.of(
            new Platform(DEFAULT, "postgres-linux-x86_64.txz"),
            new Platform("linux-amd64-alpine", "postgres-linux-x86_64-alpine_linux.txz"),
            new Platform("linux-arm64v8", "postgres-linux-arm_64.txz"),
            new Platform("darwin-amd64", "postgres-darwin-x86_64.txz"),
            new Platform("darwin-arm64v8", "postgres-darwin-arm_64.txz"),
            new Platform("windows-amd64", "postgres-windows-x86_64.txz"));

    /** The one of this process. */
    static Platform current() {
        return of(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Files.exists(Path.of("/etc/alpine-release")));
    }

    /**
     * @param system the property {@code os.name} of Java
     * @param processor the property {@code os.arch}
     * @param isAlpine whether the C library of a Linux is musl, with which programs for other Linux systems do not run
     */
    static Platform of(String system, String processor, boolean isAlpine) {
        String first = system.toLowerCase(Locale.ROOT).split(" ", 2)[0];
        String kernel = first.equals("mac") ? "darwin" : first;
        boolean isArm = processor.equals("aarch64") && !kernel.equals("windows");
        // Windows on ARM runs programs for amd64.
        boolean isAmd = List.of("amd64", "x86_64", "aarch64").contains(processor);
        String name = kernel + "-" + (isArm ? "arm64v8" : isAmd ? "amd64" : processor) + (isAlpine ? "-alpine" : "");
        return RELEASED.stream()
                .filter(platform -> platform.name.equals(name))
                .findFirst()
                .orElseGet(() -> new Platform(name, ""));
    }

    /**
     * Opens the archive of PostgreSQL's programs.
     *
     * @throws StartRefusal when the class path has none for this platform
     */
    InputStream open() throws IOException {
        URL found = find();
        if (found == null) {
            throw new StartRefusal(
                    "This jar has PostgreSQL for " + available() + ", but not for " + name + ".",
                    (archive.isEmpty() ? "Set" : "Use the jar " + jar() + " of the release, or set")
                            + " ODOMETER_DATABASE_URL, _USER and _PASSWORD to a database.");
        }
        return found.openStream();
    }

    private String jar() {
        return "odometer-local-http-…-app" + (name.equals(DEFAULT) ? "" : "-" + name) + ".jar";
    }

    private static String available() {
        String names = RELEASED.stream()
                .filter(platform -> platform.find() != null)
                .map(Platform::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "no platform" : names;
    }

    private @Nullable URL find() {
        return archive.isEmpty() ? null : Platform.class.getClassLoader().getResource(archive);
    }
}
