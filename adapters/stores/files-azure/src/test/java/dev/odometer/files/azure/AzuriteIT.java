package dev.odometer.files.azure;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.HttpStore;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.file.FileStoreContract;
import dev.odometer.functions.retry.Backoff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Runs the contract with Microsoft's emulator; skipped if {@code azurite} is not on the path. */
class AzuriteIT extends FileStoreContract {

    /** The well-known account of the emulator. */
    private static final String ACCOUNT = "devstoreaccount1";

    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    @TempDir
    static Path folder;

    private static @Nullable Process process;
    private static AzureFileStore store;

    @BeforeAll
    static void start() throws Exception {
        int port = freePort();
        process = azurite(port);
        URI account = URI.create("http://127.0.0.1:" + port + "/" + ACCOUNT);
        var key = new SharedKey(ACCOUNT, KEY, InstantSource.system());
        var limits = new HttpStore.Limits(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                3,
                Backoff.exponential(Duration.ofMillis(10), Duration.ofSeconds(1), 0));
        store = new AzureFileStore(new HttpStore(key, limits), account);
        await(port);
        Call create =
                Call.of("PUT", URI.create(account + "/inbox?restype=container")).header("x-ms-version", "2021-08-06");
        store.http().sendRequired(create, "inbox").close();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process azurite(int port) {
        try {
            return new ProcessBuilder(
                            "azurite-blob",
                            "--silent",
                            "--disableTelemetry",
                            "--skipApiVersionCheck",
                            "--blobHost",
                            "127.0.0.1",
                            "--blobPort",
                            String.valueOf(port),
                            "--location",
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target/azurite.log").toFile())
                    .start();
        } catch (IOException absent) {
            return abort("SKIPPED: azurite is not on the path (npm install -g azurite)");
        }
    }

    private static void await(int port) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isListening(port)) {
            if (System.nanoTime() > end) {
                throw new IOException("azurite did not start, see target/azurite.log");
            }
            Thread.sleep(100);
        }
    }

    private static boolean isListening(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Override
    protected FileStore store() {
        return store;
    }

    @Override
    protected String container() {
        return "inbox";
    }

    @Override
    protected long streamedBytes() {
        return 30_000_000;
    }
}
