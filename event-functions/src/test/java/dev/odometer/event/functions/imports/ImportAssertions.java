package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.imports.UsageImport.Status;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Fixture and assertions shared by the tests of imports. */
abstract class ImportAssertions {

    static final String HEADER = "id,who,when,tokens,model,ok\n";
    static final String ROW = ",acme,2026-01-01T00:00:00Z,1,m,true\n";

    final ImportFixture fixture = new ImportFixture();

    static void refuses(RefusalKind kind, String message, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.detail()).contains(message);
            assertThat(refusal.kind()).isEqualTo(kind);
        });
    }

    void fails(String key, byte[] content, String message) {
        refuses(RefusalKind.INVALID, message, () -> fixture.imported(key, content));
    }

    void fails(String key, String content, String message) {
        fails(key, content.getBytes(StandardCharsets.UTF_8), message);
    }

    UsageImport failed(String message) {
        UsageImport last = fixture.last();
        assertThat(last.status()).isEqualTo(Status.FAILED);
        assertThat(last.reason()).contains(message);
        return last;
    }
}
