package dev.odometer.conformance.aws;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * An instance of the function: the unpacked zip in a separate JVM, under AWS's runtime client and with the flags of the
 * managed runtime. As in the runtime, only the client is on the class path; it loads {@code lib/} of the working
 * directory itself.
 */
public final class LambdaProcess implements AutoCloseable {

    private static final Path ZIP = Path.of("../platforms/aws-lambda/target/odometer-aws-lambda.zip");
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String HANDLER = "dev.odometer.aws.lambda.LambdaHandler::handleRequest";
    private static final String NATIVE = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
    private static final int PATIENCE_SECONDS = 60;

    private final RuntimeApi api = new RuntimeApi();
    private final Path folder = Files.createTempDirectory("odometer-lambda");
    private final Process process;

    private LambdaProcess(Path task, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command());
        Map<String, String> all = builder.environment();
        all.keySet().removeIf(name -> name.matches("(ODOMETER|SPRING|AWS|JAVA|JDK|LAMBDA)_.*|_.*"));
        all.put("AWS_LAMBDA_RUNTIME_API", api.address());
        all.put("AWS_LAMBDA_FUNCTION_NAME", "odometer");
        all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
        all.put("AWS_REGION", "eu-central-1");
        all.put("LAMBDA_TASK_ROOT", task.toString());
        all.putAll(environment);
        builder.directory(task.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(log().toFile());
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts the metering service. */
    public static LambdaProcess start(Map<String, String> environment) {
        return start(ZIP, environment);
    }

    /** Starts the function in a zip. */
    public static LambdaProcess start(Path zip, Map<String, String> environment) {
        try {
            return new LambdaProcess(unpacked(zip), environment);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> command() throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                // By default the client unpacks it to a path that all processes share, which is a race.
                "-D" + NATIVE + "=" + nativeLibrary(),
                "-cp",
                clientJars(),
                CLIENT,
                HANDLER);
    }

    private static synchronized Path unpacked(Path archive) throws IOException {
        // Specific to this JVM, since others unpack at the same time.
        String name = "var-task-" + ProcessHandle.current().pid() + "-" + archive.getFileName();
        Path task = Path.of("target", name).toAbsolutePath();
        if (Files.exists(task.resolve("lib"))
                && Files.getLastModifiedTime(task).compareTo(Files.getLastModifiedTime(archive)) > 0) {
            return task;
        }
        clear(task);
        Files.createDirectories(task.resolve("lib"));
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    Files.copy(zip, task.resolve(entry.getName()));
                }
            }
        }
        return task;
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static String clientJars() {
        return List.of(
                        CLIENT,
                        "com.amazonaws.services.lambda.runtime.RequestStreamHandler",
                        "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
                        "software.amazon.awssdk.utilslite.SdkInternalThreadLocal")
                .stream()
                .map(LambdaProcess::jarOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String jarOf(String type) {
        try {
            return Path.of(Class.forName(type, false, LambdaProcess.class.getClassLoader())
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private Path nativeLibrary() throws IOException {
        String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        String libc = Files.exists(Path.of("/lib/ld-musl-" + arch.replace("_64", "64") + ".so.1"))
                        || Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
                ? "linux_musl"
                : "linux";
        Path copy = folder.resolve("client.so");
        try (InputStream library =
                LambdaProcess.class.getResourceAsStream("/jni/libaws-lambda-jni." + libc + "-" + arch + ".so")) {
            Files.copy(library, copy);
        }
        return copy;
    }

    private Path log() {
        return folder.resolve("log");
    }

    public String logged() {
        try {
            return Files.readString(log());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Invokes the function and returns its result; waits for the start if necessary. */
    public Answer invoke(byte[] event) throws InterruptedException {
        CompletableFuture<Answer> answer = submit(event);
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(logged(), failure);
        }
    }

    public CompletableFuture<Answer> submit(byte[] event) {
        CompletableFuture<Answer> answer = api.invoke(event);
        CompletableFuture<Void> unused = process.onExit()
                .thenRun(() -> answer.completeExceptionally(new IllegalStateException("the instance ended")));
        return answer;
    }

    /** The calls of the Runtime API so far, in order. */
    public List<String> calls() {
        return new ArrayList<>(api.calls());
    }

    /** Waits for a call of the Runtime API. */
    public void awaitCall(String call) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!api.calls().contains(call)) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IllegalStateException("no " + call + " but " + api.calls() + "\n" + logged());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Resumes an instance that waits at its checkpoint. */
    public void restore() {
        api.restore();
    }

    /** The maximum number of concurrent invocations so far. */
    public int most() {
        return api.most();
    }

    /** Waits until the instance exits by itself. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still runs:\n" + logged());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
        try {
            clear(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
