package dev.odometer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * AWS's runtime client and a JVM, as in the managed runtime.
 *
 * @param nativeLibrary the client's native library; without it, all processes would unpack their own to the same file
 */
record LambdaRuntime(Path java, List<Path> jars, Path nativeLibrary) {

    static LambdaRuntime of(Path folder) throws IOException {
        List<Path> jars = jars(folder);
        Path client = jars.stream()
                .filter(jar -> jar.getFileName().toString().contains("runtime-interface-client"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no AWS runtime client in " + folder));
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = TemporaryFolder.create("odometer-runtime").resolve("client.so");
        try (var archive = FileSystems.newFileSystem(client)) {
            Files.copy(archive.getPath("jni", "libaws-lambda-jni.linux-" + machine + ".so"), library);
        }
        return new LambdaRuntime(java(Path.of(System.getProperty("java.home"))), jars, library);
    }

    LambdaRuntime on(Path javaHome) {
        return new LambdaRuntime(java(javaHome), jars, nativeLibrary);
    }

    private static Path java(Path home) {
        return home.resolve("bin").resolve("java");
    }

    /** Sorted, since a class-data archive is valid for one order of the class path only. */
    static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("build with -Pbenchmarks first", unreadable);
        }
    }
}
