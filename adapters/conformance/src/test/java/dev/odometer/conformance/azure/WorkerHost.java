package dev.odometer.conformance.azure;

import dev.odometer.conformance.azure.RpcMessage.Fields;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Azure's host as its worker sees it: it accepts the worker, loads a function and invokes it. The numbers are those of
 * FunctionRpc.proto. {@link HostRequest} models what the host loses of a request.
 */
final class WorkerHost implements AutoCloseable {

    static final String WORKER_ID = "worker";
    private static final String FUNCTION_ID = "function";
    private static final int WORKER_INIT_REQUEST = 17;
    private static final int WORKER_INIT_RESPONSE = 16;
    private static final int FUNCTION_LOAD_REQUEST = 8;
    private static final int FUNCTION_LOAD_RESPONSE = 9;
    private static final int INVOCATION_REQUEST = 4;
    private static final int INVOCATION_RESPONSE = 5;
    private static final int START_STREAM = 20;
    private static final String SUCCESS = "1";
    private static final Pattern BYTES = Pattern.compile("(?i)application/octet-stream.*|multipart/.*");

    private final Map<String, CompletableFuture<Fields>> awaited = new ConcurrentHashMap<>();
    private final RpcServer server = new RpcServer(this::received);

    WorkerHost() throws InterruptedException {}

    int port() {
        return server.port();
    }

    private CompletableFuture<Fields> await(String name) {
        return awaited.computeIfAbsent(name, unseen -> new CompletableFuture<>());
    }

    private void received(byte[] message) {
        Fields fields = Fields.of(message);
        if (fields.has(START_STREAM)) {
            await("start").complete(fields.message(START_STREAM));
        } else if (fields.has(WORKER_INIT_RESPONSE)) {
            await("init").complete(fields.message(WORKER_INIT_RESPONSE));
        } else if (fields.has(FUNCTION_LOAD_RESPONSE)) {
            await("load").complete(fields.message(FUNCTION_LOAD_RESPONSE));
        } else if (fields.has(INVOCATION_RESPONSE)) {
            Fields response = fields.message(INVOCATION_RESPONSE);
            await(response.text(1)).complete(response);
        }
    }

    private Fields exchange(String awaitedName, int field, RpcMessage request) throws Exception {
        CompletableFuture<Fields> answer = await(awaitedName);
        server.send(new RpcMessage()
                .text(1, UUID.randomUUID().toString())
                .message(field, request)
                .toBytes());
        try {
            return answer.get(1, TimeUnit.MINUTES);
        } finally {
            awaited.remove(awaitedName);
        }
    }

    /** Accepts the worker, and loads the function of a {@code function.json}. */
    void load(String workerFolder, String appFolder, String name, JsonNode function) throws Exception {
        Fields started = await("start").get(1, TimeUnit.MINUTES);
        if (!started.text(2).equals(WORKER_ID)) {
            throw new IllegalStateException("unexpected worker: " + started.text(2));
        }
        checkSuccess(exchange(
                        "init",
                        WORKER_INIT_REQUEST,
                        new RpcMessage().text(1, "4.0.0").text(4, workerFolder).text(5, appFolder))
                .message(3));
        var metadata = new RpcMessage()
                .text(1, appFolder + "/" + name)
                .text(
                        2,
                        appFolder + "/" + name + "/"
                                + function.path("scriptFile").asString())
                .text(3, function.path("entryPoint").asString())
                .text(4, name);
        for (JsonNode binding : function.path("bindings")) {
            var described = new RpcMessage()
                    .text(2, binding.path("type").asString())
                    .number(3, binding.path("direction").asString().equals("out") ? 1 : 0);
            metadata.message(
                    6, new RpcMessage().text(1, binding.path("name").asString()).message(2, described));
        }
        checkSuccess(exchange(
                        "load",
                        FUNCTION_LOAD_REQUEST,
                        new RpcMessage().text(1, FUNCTION_ID).message(2, metadata))
                .message(2));
    }

    private static void checkSuccess(Fields result) {
        if (!result.text(4).equals(SUCCESS)) {
            throw new IllegalStateException("the worker reports: "
                    + result.message(2).text(2) + "\n" + result.message(2).text(1));
        }
    }

    /** The reply that a client gets; 500 if the worker fails. */
    HttpReply send(HttpRequest request) throws Exception {
        HostRequest arrived;
        try {
            arrived = HostRequest.of(request);
        } catch (IllegalArgumentException noUri) {
            return new HttpReply(500, Headers.NONE, new byte[0]);
        }
        String invocation = UUID.randomUUID().toString();
        var data = new RpcMessage().text(1, "request").message(2, new RpcMessage().message(5, http(arrived, request)));
        Fields response = exchange(
                invocation,
                INVOCATION_REQUEST,
                new RpcMessage().text(1, invocation).text(2, FUNCTION_ID).message(3, data));
        if (!response.message(3).text(4).equals(SUCCESS)) {
            return new HttpReply(500, Headers.NONE, new byte[0]);
        }
        return reply(response.message(4).message(5), request.method().equals("HEAD"));
    }

    private static RpcMessage http(HostRequest arrived, HttpRequest request) {
        var http = new RpcMessage()
                .text(1, arrived.method().name())
                .text(2, arrived.uri().toString())
                .texts(3, arrived.headers());
        boolean isBytes = BYTES.matcher(arrived.headers().getOrDefault("content-type", ""))
                .matches();
        arrived.body()
                .ifPresent(text -> http.message(
                        4, isBytes ? new RpcMessage().bytes(3, request.body()) : new RpcMessage().text(1, text)));
        return http;
    }

    private static HttpReply reply(Fields http, boolean isHead) {
        var headers = new LinkedHashMap<String, List<String>>();
        http.texts(3).forEach((name, value) -> headers.put(name, List.of(value)));
        Fields body = http.message(4);
        byte[] content = body.bytes(3).or(() -> body.bytes(1)).orElse(new byte[0]);
        return new HttpReply(Integer.parseInt(http.text(12)), Headers.of(headers), isHead ? new byte[0] : content);
    }

    @Override
    public void close() {
        server.close();
    }
}
