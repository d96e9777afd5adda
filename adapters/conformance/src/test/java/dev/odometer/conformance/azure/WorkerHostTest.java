package dev.odometer.conformance.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.conformance.azure.RpcMessage.Fields;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The simulated host of Azure's worker, tested against a peer with the worker's gRPC library. */
class WorkerHostTest {

    private static final Marshaller<byte[]> BYTES = new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    };
    private static final String FUNCTION = """
            {"scriptFile": "../app.jar", "entryPoint": "a.B.c",
             "bindings": [{"type": "httpTrigger", "direction": "in", "name": "request"},
                          {"type": "http", "direction": "out", "name": "$return"}]}
            """;

    private WorkerHost host;
    private ManagedChannel channel;
    private Peer peer;

    @BeforeEach
    void connect() throws Exception {
        host = new WorkerHost();
        channel = Grpc.newChannelBuilder("127.0.0.1:" + host.port(), InsecureChannelCredentials.create())
                .build();
        peer = new Peer(channel);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
        host.close();
    }

    private void load() throws Exception {
        host.load("/worker", "/app", "http", new JsonMapper().readTree(FUNCTION));
    }

    @Test
    void describesTheFunctionToTheWorker() throws Exception {
        load();

        Fields init = peer.init.get();
        assertThat(init.text(4)).isEqualTo("/worker");
        assertThat(init.text(5)).isEqualTo("/app");
        Fields metadata = peer.loaded.get().message(2);
        assertThat(metadata.text(2)).isEqualTo("/app/http/../app.jar");
        assertThat(metadata.text(3)).isEqualTo("a.B.c");
        assertThat(metadata.messages(6)).hasSize(2);
        Fields output = metadata.messages(6).get(1);
        assertThat(output.text(1)).isEqualTo("$return");
        assertThat(output.message(2).text(3)).isEqualTo("1");
    }

    /** At {@code grpc-encoding: identity} the real worker exits. */
    @Test
    void sendsNoEncoding() throws Exception {
        load();

        assertThat(peer.headers.get().keys()).contains("content-type").doesNotContain("grpc-encoding");
    }

    @Test
    void passesARequestAndItsResponse() throws Exception {
        load();
        peer.answers = http -> new RpcMessage()
                .text(12, "201")
                .text(2, http.text(2))
                .texts(3, http.texts(3))
                .message(4, new RpcMessage().bytes(3, http.message(4).bytes(1).orElseThrow()));
        var request = new HttpRequest(
                "POST", "/a b", "x=1", Headers.of("Content-Type", "application/json"), "{\"ü\":1}".getBytes(UTF_8));

        HttpReply reply = host.send(request);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers().first("content-type")).contains("application/json");
        assertThat(new String(reply.body(), UTF_8)).isEqualTo("{\"ü\":1}");
    }

    @Test
    void passesALargeBody() throws Exception {
        load();
        peer.answers = http -> new RpcMessage()
                .text(12, "200")
                .message(4, new RpcMessage().bytes(3, http.message(4).bytes(3).orElseThrow()));
        byte[] large = new byte[3_000_000];
        large[large.length - 1] = 7;
        var request = new HttpRequest("PUT", "/", null, Headers.of("Content-Type", "application/octet-stream"), large);

        assertThat(host.send(request).body()).isEqualTo(large);
    }

    @Test
    void releasesTheBuffersOfItsMessages() throws Exception {
        load();
        peer.answers = http -> new RpcMessage()
                .text(12, "200")
                .message(4, new RpcMessage().bytes(3, http.message(4).bytes(3).orElseThrow()));
        var request = new HttpRequest(
                "PUT", "/", null, Headers.of("Content-Type", "application/octet-stream"), new byte[300_000]);
        host.send(request);
        long before = UnpooledByteBufAllocator.DEFAULT.metric().usedHeapMemory();

        for (int i = 0; i < 50; i++) {
            host.send(request);
        }

        assertThat(UnpooledByteBufAllocator.DEFAULT.metric().usedHeapMemory() - before)
                .isLessThan(10 * 300_000);
    }

    @Test
    void answers500WhenTheWorkerFails() throws Exception {
        load();
        peer.answers = http -> {
            throw new IllegalStateException("no");
        };

        assertThat(host.send(new HttpRequest("GET", "/", null, Headers.NONE, new byte[0]))
                        .status())
                .isEqualTo(500);
    }

    @Test
    void reportsWhyAFunctionCannotBeLoaded() {
        peer.loads = false;

        assertThatThrownBy(this::load).hasMessageContaining("no such method");
    }

    /** A peer that responds like a worker. */
    private static final class Peer extends ClientCall.Listener<byte[]> {

        final CompletableFuture<Metadata> headers = new CompletableFuture<>();
        final CompletableFuture<Fields> init = new CompletableFuture<>();
        final CompletableFuture<Fields> loaded = new CompletableFuture<>();
        private final ClientCall<byte[], byte[]> call;
        volatile boolean loads = true;
        volatile Answers answers = http -> new RpcMessage().text(12, "204");

        interface Answers {
            RpcMessage apply(Fields http);
        }

        Peer(ManagedChannel channel) {
            var method = MethodDescriptor.newBuilder(BYTES, BYTES)
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setFullMethodName("AzureFunctionsRpcMessages.FunctionRpc/EventStream")
                    .build();
            call = channel.newCall(method, CallOptions.DEFAULT);
            call.start(this, new Metadata());
            call.request(1000);
            send(20, new RpcMessage().text(2, WorkerHost.WORKER_ID));
        }

        private void send(int field, RpcMessage content) {
            call.sendMessage(new RpcMessage().message(field, content).toBytes());
        }

        @Override
        public void onHeaders(Metadata sent) {
            headers.complete(sent);
        }

        @Override
        public void onMessage(byte[] message) {
            Fields fields = Fields.of(message);
            if (fields.has(17)) {
                init.complete(fields.message(17));
                send(16, new RpcMessage().message(3, new RpcMessage().number(4, 1)));
            } else if (fields.has(8)) {
                loaded.complete(fields.message(8));
                send(9, new RpcMessage().text(1, fields.message(8).text(1)).message(2, loads ? success() : failure()));
            } else {
                invoke(fields.message(4));
            }
        }

        private void invoke(Fields request) {
            var response = new RpcMessage().text(1, request.text(1));
            try {
                RpcMessage http = answers.apply(request.message(3).message(2).message(5));
                response.message(4, new RpcMessage().message(5, http)).message(3, success());
            } catch (RuntimeException no) {
                response.message(3, failure());
            }
            send(5, response);
        }

        private static RpcMessage success() {
            return new RpcMessage().number(4, 1);
        }

        /** Success is 1. Failure is 0, the default, which is not sent. */
        private static RpcMessage failure() {
            return new RpcMessage().message(2, new RpcMessage().text(2, "no such method"));
        }
    }
}
