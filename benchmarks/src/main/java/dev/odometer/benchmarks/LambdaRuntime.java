package dev.odometer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * AWS's runtime client on a JVM, as the managed runtime has it.
 *
 * @param nativeLibrary of the client: else every process unpacks its own to one and the same file
 */
record LambdaRuntime(Path java, List<Path> jars, Path nativeLibrary) {

    static LambdaRuntime of(Path folder) throws IOException {
        List<Path> jars = jars(folder);
        Path client = jars.stream()
                .filter(jar -> jar.getFileName().toString().contains("runtime-interface-client"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no runtime client in " + folder));
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = Files.createTempDirectory("odometer-runtime").resolve("client.so");
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

    /** In an order of their own: an archive of classes holds for one order only. */
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
