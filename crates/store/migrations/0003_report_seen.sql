-- Who opened which sealed report when: read by the discipline officers alone, beside the record, so that nobody counts reports by it.
CREATE TABLE report_seen (unit BIGINT NOT NULL, report BIGINT NOT NULL, person BIGINT NOT NULL, at BIGINT NOT NULL,
                          PRIMARY KEY (unit, report, at, person));
