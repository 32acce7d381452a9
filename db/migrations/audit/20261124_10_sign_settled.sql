-- Why: settled_seq was not under a seal's signature, so that somebody with superuser rights could change
--      it unseen; set high, it keeps a sealer that starts anew from ever sealing what is recorded next.
-- What: the form of what was signed, by seal. Seals of the first form stay and stay valid.
-- Rollback: none; forward only.

ALTER TABLE audit.seal ADD COLUMN format smallint NOT NULL DEFAULT 1;
ALTER TABLE audit.seal ADD CONSTRAINT seal_format_check CHECK (format IN (1, 2));
COMMENT ON COLUMN audit.seal.format IS
  'What the signature covers: 1 size, time and root; 2 settled_seq besides (services/platform/audit/tree_head.h).';
COMMENT ON TABLE audit.seal IS 'Signed tree heads: Ed25519 over size, time and root, since format 2 also settled_seq.';
