package dev.odometer.event.functions.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.imports.UsageImport.Status;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of imports say of files. */
abstract class ImportsOfFiles {

    static final String HEADER = "id,who,when,tokens,model,ok\n";
    static final String ROW = ",acme,2026-01-01T00:00:00Z,1,m,true\n";

    final Inbox inbox = new Inbox();

    static void refuses(RefusalKind kind, String words, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Refusal.class, no -> {
            assertThat(no.sentence()).contains(words);
            assertThat(no.kind()).isEqualTo(kind);
        });
    }

    void fails(String key, byte[] content, String words) {
        refuses(RefusalKind.INVALID, words, () -> inbox.imported(key, content));
    }

    void fails(String key, String content, String words) {
        fails(key, content.getBytes(StandardCharsets.UTF_8), words);
    }

    UsageImport failed(String words) {
        UsageImport last = inbox.last();
        assertThat(last.status()).isEqualTo(Status.FAILED);
        assertThat(last.reason()).contains(words);
        return last;
    }
}
