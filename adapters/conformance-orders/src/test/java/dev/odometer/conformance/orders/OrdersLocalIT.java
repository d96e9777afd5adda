package dev.odometer.conformance.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** The jar on one machine: requests, pushed events and ticks, and a watched folder. */
class OrdersLocalIT extends OrdersContract {

    @TempDir
    static Path folder;

    @Override
    Service start() throws Exception {
        return new Local(OrdersProcess.local(folder, SETTINGS), folder.resolve("orders-data/files"));
    }

    private record Local(OrdersProcess process, Path files) implements Service {

        @Override
        public HttpReply send(HttpRequest request) throws Exception {
            return new RawClient(process.port()).send(request);
        }

        private void push(String path, @Nullable String query, String body) throws Exception {
            Headers json = Headers.of("Content-Type", "application/json");
            HttpReply reply = send(new HttpRequest("POST", path, query, json, body.getBytes(UTF_8)));
            assertThat(reply.status()).as(new String(reply.body(), UTF_8)).isEqualTo(204);
        }

        @Override
        public void deliver(String message) throws Exception {
            push("/channels/payments", null, message);
        }

        @Override
        public void upload(String name, String content) throws Exception {
            Path inbox = files.resolve("inbox");
            Files.writeString(files.resolve(name), content);
            Files.move(files.resolve(name), inbox.resolve(name));
            OrdersProcess.await(() -> Files.notExists(inbox.resolve(name)), process);
        }

        @Override
        public void tick(Instant due) throws Exception {
            push("/schedules/cancelUnpaid", "due=" + due, "");
        }

        @Override
        public List<String> deadLetters() throws IOException {
            var contents = new ArrayList<String>();
            try (Stream<Path> found = Files.walk(files.resolve("dead-letters"))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    contents.add(Files.readString(file));
                }
            }
            return contents;
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
