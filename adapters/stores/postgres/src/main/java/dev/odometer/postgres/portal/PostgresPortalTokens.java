package dev.odometer.postgres.portal;

import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.portal.PortalToken.Area;
import dev.odometer.metering.portal.PortalTokens;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Portal tokens in PostgreSQL, identified by their digests. */
public final class PostgresPortalTokens implements PortalTokens {

    private static final String ADD = """
            insert into portal_token (id, digest, subject, allowed_meter_slugs, areas, created_at, expires_at)
            values (:id, :digest, :subject, :slugs, :areas, :createdAt, :expiresAt)
            """;
    /** Skips locked rows, so that concurrent calls delete different rows and do not wait for each other. */
    private static final String DELETE_EXPIRED = """
            delete from portal_token where id in (
                select id from portal_token where expires_at < :before
                order by expires_at limit :most for update skip locked)
            """;

    private static final String LIST =
            "select * from portal_token where expires_at > :now order by id desc limit :limit";
    private static final String INVALIDATE_ONE =
            "delete from portal_token where id = :id and subject = coalesce(:subject, subject)";
    private static final String INVALIDATE_SUBJECT = "delete from portal_token where subject = :subject";

    private final Database database;

    public PostgresPortalTokens(Database database) {
        this.database = database;
    }

    @Override
    public void add(PortalToken token, Instant expiredBefore) {
        database.write(() -> {
            database.sql()
                    .sql(DELETE_EXPIRED)
                    .param("before", Micros.of(expiredBefore))
                    .param("most", MAX_DELETED_PER_ADD)
                    .update();
            return database.sql()
                    .sql(ADD)
                    .param("id", token.id())
                    .param("digest", HexFormat.of().parseHex(token.digest()))
                    .param("subject", token.subject())
                    .param("slugs", token.allowedMeterSlugs().toArray(String[]::new))
                    .param("areas", token.areas().stream().map(Area::name).toArray(String[]::new))
                    .param("createdAt", Micros.of(token.createdAt()))
                    .param("expiresAt", Micros.of(token.expiresAt()))
                    .update();
        });
    }

    @Override
    public Optional<PortalToken> find(String digest) {
        return database.read(() -> database.sql()
                .sql("select * from portal_token where digest = :digest")
                .param("digest", HexFormat.of().parseHex(digest))
                .query((row, n) -> token(row))
                .optional());
    }

    @Override
    public List<PortalToken> list(Instant now, int limit) {
        return database.read(() -> database.sql()
                .sql(LIST)
                .param("now", Micros.of(now))
                .param("limit", limit)
                .query((row, n) -> token(row))
                .list());
    }

    @Override
    public void invalidate(@Nullable String id, @Nullable String subject) {
        database.write(() -> {
            var sql = database.sql()
                    .sql(id == null ? INVALIDATE_SUBJECT : INVALIDATE_ONE)
                    .param("subject", subject == null ? null : Texts.key(subject));
            return id == null ? sql.update() : sql.param("id", Texts.key(id)).update();
        });
    }

    private static PortalToken token(ResultSet row) throws SQLException {
        return new PortalToken(
                row.getString("id"),
                HexFormat.of().formatHex(row.getBytes("digest")),
                row.getString("subject"),
                List.of((String[]) row.getArray("allowed_meter_slugs").getArray()),
                areas((String[]) row.getArray("areas").getArray()),
                Micros.toInstant(row.getLong("created_at")),
                Micros.toInstant(row.getLong("expires_at")));
    }

    private static Set<Area> areas(String[] names) {
        return Stream.of(names).map(Area::valueOf).collect(Collectors.toSet());
    }
}
