package dev.odometer.conformance;

import dev.odometer.conformance.aws.Answer;
import dev.odometer.conformance.aws.Gateway;
import dev.odometer.conformance.aws.LambdaProcess;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The function behind one of the gateways, with a database of its own. All tests share one instance per gateway. */
record LambdaDoor(Gateway gateway, LambdaProcess instance) {

    private static final Map<String, LambdaDoor> DOORS = new ConcurrentHashMap<>();

    static LambdaDoor behind(Gateway gateway) {
        return DOORS.computeIfAbsent(
                gateway.name(),
                name -> new LambdaDoor(
                        gateway,
                        LambdaProcess.start(Databases.fresh(
                                "lambda_" + name.replaceAll("[^A-Za-z]+", "_").toLowerCase(Locale.ROOT)))));
    }

    HttpReply send(HttpRequest request) throws InterruptedException {
        byte[] event = gateway.event(request);
        if (event.length > gateway.longestEvent()) {
            return refusal(413);
        }
        Answer answer = instance.invoke(event);
        if (answer.failed() || answer.body().length > gateway.longestAnswer()) {
            return refusal(502);
        }
        return gateway.reply(answer.body());
    }

    private static HttpReply refusal(int status) {
        return new HttpReply(status, Headers.NONE, new byte[0]);
    }
}
