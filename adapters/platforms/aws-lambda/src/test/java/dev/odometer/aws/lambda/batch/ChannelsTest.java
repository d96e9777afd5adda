package dev.odometer.aws.lambda.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Deadline;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

class ChannelsTest {

    @Configuration(proxyBeanMethods = false)
    static class One extends Probes {

        @Override
        @Bean
        Bindings bindings() {
            return new Bindings(
                    List.of(Binding.events("usage", "takeEvents").batch().attempts(3)));
        }
    }

    private static final List<EventKind> ONE = SampleHandler.start(One.class);

    @Configuration(proxyBeanMethods = false)
    static class PlainJson extends Probes {

        @Override
        @Bean
        Bindings bindings() {
            return new Bindings(List.of(Binding.json("payments", "takeEvent")));
        }
    }

    @BeforeEach
    void clear() {
        SampleHandler.STATE.clear();
    }

    private static String send(JsonNode... records) {
        return SampleHandler.send(ONE, Samples.records(List.of(records)), Deadline.NONE);
    }

    @Test
    void needsNoSettingForTheOnlyBinding() {
        assertThat(send(Samples.sqs("anything", "m1", Samples.event("1")))).isEqualTo(SampleHandler.failures());
        assertThat(SampleHandler.STATE.counted).containsExactly("1");
    }

    @Test
    void passesMessagesThatAreNoCloudEventsToABindingForJson() {
        String paid = "{\"id\": \"1\", \"subject\": \"acme\"}";
        String failing = "{\"id\": \"2\", \"subject\": \"acme\"}";
        SampleHandler.STATE.failures.put("2", 1);

        String response = SampleHandler.send(
                SampleHandler.start(PlainJson.class),
                Samples.records(List.of(Samples.sqs("q", "m1", paid), Samples.sqs("q", "m2", failing))),
                Deadline.NONE);

        assertThat(response).isEqualTo(SampleHandler.failures("m2"));
        assertThat(SampleHandler.STATE.counted).containsExactly("1");
    }

    @Test
    void processesTheOtherMessagesOfAnUnroutedOne() {
        String file = Samples.records(List.of(Samples.s3("ObjectCreated:Put", "inbox", "a")))
                .toString();

        assertThat(send(Samples.sqs("q", "m1", file), Samples.sqs("q", "m2", Samples.event("2"))))
                .isEqualTo(SampleHandler.failures("m1"));
        assertThat(SampleHandler.STATE.counted).containsExactly("2");
    }

    @Test
    void namesThePayloadAndOriginOfAnUnroutedMessage() {
        assertThatThrownBy(() -> send(Samples.s3("ObjectCreated:Put", "inbox", "a")))
                .hasMessageContaining("No active binding takes FILES")
                .hasMessageContaining("arn:aws:s3:::inbox");
    }

    @Test
    void areFoundByNameOrArn() {
        assertThat(Channels.shortName("arn:aws:sqs:eu-west-1:1:orders.fifo")).isEqualTo("orders.fifo");
        assertThat(Channels.shortName("arn:aws:kinesis:eu-west-1:1:stream/clicks"))
                .isEqualTo("clicks");
        assertThat(Channels.shortName("arn:aws:dynamodb:eu-west-1:1:table/outbox/stream/2026-01-01T00:00:00.000"))
                .isEqualTo("outbox");
        assertThat(Channels.shortName("arn:aws:s3:::inbox")).isEqualTo("inbox");
        assertThat(Channels.shortName("my-topic")).isEqualTo("my-topic");
        assertThat(Channels.shortName("arn:")).isEqualTo("arn:");
    }
}
